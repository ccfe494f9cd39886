package io.berth.dialect;

import io.berth.core.device.DeviceSnapshot;

/// How a verified login ends.
public sealed interface MqttVerdict {
    /// The device is who it says; `wire` is the vendor's view of it for this session.
    record Accepted(DeviceSnapshot device, MqttWire wire) implements MqttVerdict {}

    record Refused(LoginFailure failure) implements MqttVerdict {}
}
