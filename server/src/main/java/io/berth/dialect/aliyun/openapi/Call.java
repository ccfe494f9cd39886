package io.berth.dialect.aliyun.openapi;

import io.berth.core.device.Device;
import io.berth.core.product.Product;

/// One admitted call of an action.
///
/// @param reach what exists for the caller
record Call<I extends Record>(I input, Reach reach) {
    Product product(String key) {
        return reach.product(key);
    }

    Device device(DeviceName name) {
        return name.in(reach);
    }
}
