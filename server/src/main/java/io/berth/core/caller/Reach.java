package io.berth.core.caller;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;

/// The registry as a caller sees it: of products and devices in resource spaces it has no rights in, it cannot
/// even find out that they exist. Blocking; any thread.
public final class Reach {
    private final Rights rights;
    private final Products products;
    private final Devices devices;

    private Reach(Rights rights, Products products, Devices devices) {
        this.rights = rights;
        this.products = products;
        this.devices = devices;
    }

    public static Reach of(Rights rights, Products products, Devices devices) {
        return new Reach(rights, products, devices);
    }

    /// PRODUCT_NOT_FOUND also when it is out of reach.
    public Product product(String key) {
        Product product = products.get(key);
        if (!covers(product)) {
            throw Products.notFound(key);
        }
        return product;
    }

    /// DEVICE_NOT_FOUND also when it is out of reach.
    public Device device(DeviceId id) {
        Device device = devices.get(id);
        if (!covers(device)) {
            throw DeviceStore.notFound(id);
        }
        return device;
    }

    /// By the second name that is unique on the platform.
    public Device device(String alias) {
        Device device = devices.getByAlias(alias);
        if (!covers(device)) {
            throw Devices.notFound(alias);
        }
        return device;
    }

    public boolean covers(Product product) {
        return rights.reach(product.space());
    }

    private boolean covers(Device device) {
        return rights.spaces().isEmpty()
                || products.find(device.id().product()).filter(this::covers).isPresent();
    }
}
