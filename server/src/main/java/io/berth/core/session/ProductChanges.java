package io.berth.core.session;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.product.Product;
import io.berth.core.product.ProductStore;
import io.berth.core.product.Products;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What follows when the registry changes a product: memory forgets it, and the live sessions of its devices go on with
/// the rights it gives now, without a new login. Blocks until they all do (for a while: a stuck connection must not
/// keep
/// the operator), so that a change is in force when the call that made it returns.
public final class ProductChanges implements Products.ChangeListener {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

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
            store.find(key).ifPresent(product -> tell(attached, product));
        }
    }

    private static void tell(List<Session> attached, Product product) {
        CompletableFuture<?>[] told = attached.stream()
                .map(session -> session.link().productChanged(product).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(told)
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
