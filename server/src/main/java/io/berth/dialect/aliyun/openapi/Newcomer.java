package io.berth.dialect.aliyun.openapi;

import io.berth.core.batch.Target;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.json.Members;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A device that comes with its secret.
///
/// @param sn its serial number, null when it has none
record Newcomer(
        String deviceName, String deviceSecret, @Nullable String sn) {
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    boolean hasName() {
        return DeviceActions.NAME.matcher(deviceName).matches();
    }

    boolean hasSecret() {
        return SECRET.matcher(deviceSecret).matches();
    }

    /// Of a serial number that can be half of an alias, or of none.
    boolean hasSerial(Product product) {
        return Device.isAlias(product.alias() + "_" + nodeId())
                && (sn == null || SERIAL.matcher(sn).matches());
    }

    void demandValid(Product product) {
        Refusal.require(
                hasName(), "device.InvalidFormattedDeviceName", "a device name has 4 to 32 of A-Z a-z 0-9 - _ @ . :");
        Refusal.require(hasSecret(), "check.InvalidFormattedParameter", "a secret has 8 to 64 of A-Z a-z 0-9 - _");
        Refusal.require(
                hasSerial(product),
                "check.InvalidFormattedParameter",
                "a serial number has 1 to 64 of A-Z a-z 0-9 - _");
    }

    DeviceId id(Product product) {
        return new DeviceId(product.key(), deviceName);
    }

    Devices.Draft draft(Product product) {
        return new Devices.Draft(id(product), new Secret(deviceSecret), product.alias() + "_" + nodeId(), nodeId());
    }

    Target target(long place, Product product) {
        return Target.waiting(
                place,
                product.key() + "/" + deviceName,
                new Members()
                        .with("secret", deviceSecret)
                        .with("node-id", nodeId())
                        .end());
    }

    private String nodeId() {
        return sn == null ? deviceName : sn;
    }

    /// Empty for a device that came without.
    static String serial(Device device) {
        return device.nodeId().equals(device.id().name()) ? "" : device.nodeId();
    }
}
