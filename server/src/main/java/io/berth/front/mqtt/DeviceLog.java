package io.berth.front.mqtt;

import io.berth.core.device.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// What each device does, for whoever looks for one device's fault: one debug line per connect, subscription, message
/// and end. Never a payload. `device` names the device, `trace` its connection. Ask [#isOn] first: the hot path pays
/// for
/// no more than that.
final class DeviceLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.berth.device");

    private DeviceLog() {}

    static boolean isOn() {
        return LOG.isDebugEnabled();
    }

    static void write(MqttConnection connection, String text, Object... details) {
        DeviceId device = connection.device();
        if (device == null) {
            return;
        }
        try (var _ = MDC.putCloseable("device", device.toString());
                var _ = MDC.putCloseable("trace", connection.peer().trace())) {
            LOG.debug(text, details);
        }
    }
}
