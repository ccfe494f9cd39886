package io.berth.core.message;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;

/// Where events go. Never blocks; any thread.
public interface EventLog {
    /// Whether anyone wants events of this device and kind: when not, the event need not be made.
    boolean wants(DeviceId device, Event.Kind kind);

    /// Whether anyone wants events of this kind about the product as a whole.
    boolean wants(String product, Event.Kind kind);

    /// Appends the event. The completion is called once, from any thread, when the event is as durable as
    /// those who want it asked for, or cannot be.
    void append(Event event, Completion completion);
}
