package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import java.util.Optional;

/// How one device names another: `{"productKey":"a1sub","deviceName":"sub1"}` (spec aliyun-device 5.3, 5.7).
final class AlinkIdentity {
    private AlinkIdentity() {}

    /// Empty when it names none.
    static Optional<DeviceId> read(Value given) {
        return given instanceof Value.Fields fields
                        && fields.get("productKey") instanceof Value.Text(String product)
                        && fields.get("deviceName") instanceof Value.Text(String name)
                        && DeviceId.isValid(product, name)
                ? Optional.of(new DeviceId(product, name))
                : Optional.empty();
    }
}
