package io.berth.dialect.huawei;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.Optional;

/// What this vendor says of a device, where applications ask for it and where they are told (spec
/// huawei-iotda 7.3, 9).
public final class DeviceFacts {
    private DeviceFacts() {}

    public static String name(Device device) {
        String nickname = device.profile().nickname();
        return nickname.isEmpty() ? device.nodeId() : nickname;
    }

    public static String nodeType(boolean isBehindGateway) {
        return isBehindGateway ? "ENDPOINT" : "GATEWAY";
    }

    public static String status(Device device, boolean isOnline) {
        if (!device.enabled()) {
            return "FROZEN";
        }
        if (isOnline) {
            return "ONLINE";
        }
        return device.activated() == null ? "INACTIVE" : "OFFLINE";
    }

    public static boolean isByCertificate(Device device, Product product) {
        return product.auth() == AuthKind.X509 || device.pins() != null;
    }

    /// Seconds after its registration at which a device that never logged in is deleted, 0 for never.
    public static int timeout(Device device) {
        Instant by = device.profile().activateBy();
        return by == null ? 0 : (int) (by.getEpochSecond() - device.created().getEpochSecond());
    }

    /// What was kept as it came; applications of other interfaces may have kept something else there.
    public static Optional<Value.Fields> extension(Device device) {
        return ValueJson.readFields(Payload.of(device.profile().extension()));
    }
}
