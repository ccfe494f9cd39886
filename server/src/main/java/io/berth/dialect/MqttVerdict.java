package io.berth.dialect;

import io.berth.core.credential.UsedCertificate;
import io.berth.core.device.DeviceSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a verified login ends.
public sealed interface MqttVerdict {
    /// The device is who it says; `wire` is the vendor's view of it for this session.
    ///
    /// @param result what is counted: `accepted`, or another word where a setting let pass what the vendor
    /// refuses
    /// @param certificate what it logged in with, null where that was no certificate
    record Accepted(
            DeviceSnapshot device,
            MqttWire wire,
            String result,
            @Nullable UsedCertificate certificate) implements MqttVerdict {
        public Accepted(DeviceSnapshot device, MqttWire wire) {
            this(device, wire, "accepted");
        }

        public Accepted(DeviceSnapshot device, MqttWire wire, String result) {
            this(device, wire, result, null);
        }
    }

    /// @param explanation what went wrong, worked out when asked: looking for the likely mistake takes longer
    /// for some logins than for others, so the peer is answered before anyone asks
    record Refused(ConnectAnswer answer, Supplier<LoginFailure> explanation) implements MqttVerdict, MqttEnrolment {
        public Refused(LoginFailure failure) {
            this(failure.answer(), () -> failure);
        }

        public LoginFailure failure() {
            return explanation.get();
        }
    }
}
