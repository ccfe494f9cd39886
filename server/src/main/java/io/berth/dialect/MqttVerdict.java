package io.berth.dialect;

import io.berth.core.device.DeviceSnapshot;
import java.util.function.Supplier;

/// How a verified login ends.
public sealed interface MqttVerdict {
    /// The device is who it says; `wire` is the vendor's view of it for this session.
    ///
    /// @param result what is counted: `accepted`, or another word where a setting let pass what the vendor
    /// refuses
    record Accepted(DeviceSnapshot device, MqttWire wire, String result) implements MqttVerdict {
        public Accepted(DeviceSnapshot device, MqttWire wire) {
            this(device, wire, "accepted");
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
