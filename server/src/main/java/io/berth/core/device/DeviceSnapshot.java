package io.berth.core.device;

import io.berth.core.product.Product;
import java.util.List;

/// What a login needs to know of a device, as of some moment: kept in memory, replaced when anything in it
/// changes.
///
/// @param keepsSession whether a session outlived the device's last connection (see `SessionStore`)
/// @param units the physical devices that go by its name with tokens of their own; none for most
public record DeviceSnapshot(Device device, Product product, boolean keepsSession, List<Unit> units) {
    public DeviceSnapshot {
        units = List.copyOf(units);
    }

    /// Of a device that logs in by a credential of its own.
    public DeviceSnapshot(Device device, Product product, boolean keepsSession) {
        this(device, product, keepsSession, List.of());
    }

    public DeviceSnapshot withDevice(Device changed) {
        return new DeviceSnapshot(changed, product, keepsSession, units);
    }

    public DeviceSnapshot withProduct(Product changed) {
        return new DeviceSnapshot(device, changed, keepsSession, units);
    }

    public DeviceSnapshot withKeptSession(boolean keeps) {
        return new DeviceSnapshot(device, product, keeps, units);
    }

    public DeviceId id() {
        return device.id();
    }
}
