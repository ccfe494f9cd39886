package io.berth.dialect;

import io.berth.core.device.DeviceId;
import java.util.List;

/// What an application for credentials comes to.
public sealed interface MqttEnrolment permits MqttEnrolment.Granted, MqttVerdict.Refused {
    /// The device has credentials from now on. They are sent at once, the most likely understood first, on a
    /// connection that is good for nothing else.
    record Granted(DeviceId device, List<Outgoing.Publish> credentials) implements MqttEnrolment {
        public Granted {
            credentials = List.copyOf(credentials);
        }
    }
}
