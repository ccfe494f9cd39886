package io.berth.dialect.huawei.rest;

import io.berth.core.caller.Rights;
import io.berth.core.device.Device;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;

/// What exists for a caller, by the vendor's names: the products of the spaces it has rights in, and their
/// devices.
record Sight(Rights rights, Products products, Devices devices) {
    /// PRODUCT_NOT_FOUND where there is none for the caller.
    Product product(String productId) {
        return products.getByAlias(productId);
    }

    /// DEVICE_NOT_FOUND where there is none for the caller.
    Device device(String deviceId) {
        return devices.getByAlias(deviceId);
    }

    Product productOf(Device device) {
        return products.get(device.id().product());
    }
}
