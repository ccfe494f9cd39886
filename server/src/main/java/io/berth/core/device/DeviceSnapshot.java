package io.berth.core.device;

import io.berth.core.product.Product;

/// What a login needs to know of a device, as of some moment: kept in memory, replaced when anything in it changes.
///
/// @param keepsSession whether a session outlived the device's last connection (see `SessionStore`)
public record DeviceSnapshot(Device device, Product product, boolean keepsSession) {
    public DeviceId id() {
        return device.id();
    }
}
