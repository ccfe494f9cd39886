package io.berth.dialect;

import io.berth.core.device.DeviceSnapshot;

/// How a verified login ends.
public sealed interface MqttVerdict {
    /// The device is who it says; `wire` is the vendor's view of it for this session.
    ///
    /// @param result what is counted: `accepted`, or another word where a setting let pass what the vendor refuses
    record Accepted(DeviceSnapshot device, MqttWire wire, String result) implements MqttVerdict {
        public Accepted(DeviceSnapshot device, MqttWire wire) {
            this(device, wire, "accepted");
        }
    }

    record Refused(LoginFailure failure) implements MqttVerdict {}
}
