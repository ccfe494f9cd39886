package io.berth.core.session;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.product.ProductStore;
import io.berth.core.product.Products;
import java.util.List;

/// What follows when the registry changes a product: memory forgets it, and the live sessions of its devices go on with
/// the rights it gives now, without a new login.
public final class ProductChanges implements Products.ChangeListener {
    private final DeviceDirectory directory;
    private final ProductStore store;
    private final Sessions sessions;

    public ProductChanges(DeviceDirectory directory, ProductStore store, Sessions sessions) {
        this.directory = directory;
        this.store = store;
        this.sessions = sessions;
    }

    @Override
    public void productChanged(String key) {
        directory.forgetProduct(key);
        List<Session> attached = sessions.ofProduct(key);
        if (!attached.isEmpty()) {
            store.find(key)
                    .ifPresent(product ->
                            attached.forEach(session -> session.link().productChanged(product)));
        }
    }
}
