package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Qos;

/// Where messages on one topic of one device lead.
public sealed interface Route {
    /// The device may not publish here: the message is dropped, a QoS 1 one acknowledged, the connection stays.
    record Refused(String reason) implements Route {}

    /// Reads each message. Runs on the event loop; bad bytes are a [Reading], never an exception.
    @FunctionalInterface
    non-sealed interface Reader extends Route {
        Reading read(Payload payload, Qos qos);
    }

    /// The topic belongs to a device behind this connection: what is read is that device's message. The front
    /// drops it when that device is not attached here any more.
    record Through(DeviceId child, Reader reader) implements Route {}
}
