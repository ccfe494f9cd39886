package io.berth.dialect.aliyun.device;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import org.jspecify.annotations.Nullable;

/// What keeps out a device that proved to have its secret, on whatever wire. To be asked after the proof: only
/// who knows the secret learns more than "wrong", and on some wires only the operator does.
final class AliyunStanding {
    private AliyunStanding() {}

    /// Null for nothing.
    ///
    /// @param isSecure whether the connection is encrypted
    static @Nullable LoginFailure fault(DeviceSnapshot found, boolean isSecure) {
        Device device = found.device();
        if (!device.enabled()) {
            return denied(LoginFault.DEVICE_DISABLED, "the device is disabled", "enable it");
        }
        if (device.profile().secureOnly() && !isSecure) {
            return denied(
                    LoginFault.TLS_DEMANDED,
                    "the device may log in over TLS only",
                    "connect to a TLS port (DTLS for CoAP), or take the demand from the device");
        }
        if (found.product().auth() != AuthKind.SECRET || device.pins() != null) {
            return denied(
                    LoginFault.WRONG_AUTH_KIND,
                    "device " + device.id() + " logs in by certificate, and it signed with its secret",
                    "give the device a certificate (MQTT), or keep it in a product whose devices use secrets");
        }
        return null;
    }

    private static LoginFailure denied(LoginFault fault, String cause, String fix) {
        return new LoginFailure(ConnectAnswer.NOT_AUTHORISED, fault, cause, fix, null);
    }
}
