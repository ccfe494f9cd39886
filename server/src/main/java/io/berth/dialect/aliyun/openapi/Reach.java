package io.berth.dialect.aliyun.openapi;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;

/// The products and devices that exist for a caller.
record Reach(Products products, Devices devices) {
    Product product(String key) {
        return products.get(key);
    }

    Device device(DeviceId id) {
        return devices.get(id);
    }

    Device device(String alias) {
        return devices.getByAlias(alias);
    }
}
