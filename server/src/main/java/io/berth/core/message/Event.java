package io.berth.core.message;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact about a device that applications may want to hear of.
///
/// @param dialect the dialect of the device's session, null when no session is involved
/// @param topic the wire topic of a message, null for facts that are none
public record Event(
        Instant time,
        DeviceId device,
        @Nullable String dialect,
        Kind kind,
        @Nullable String topic,
        Qos qos,
        Payload payload,
        MessageProperties properties) {
    public Event(
            Instant time,
            DeviceId device,
            @Nullable String dialect,
            Kind kind,
            @Nullable String topic,
            Qos qos,
            Payload payload) {
        this(time, device, dialect, kind, topic, qos, payload, MessageProperties.NONE);
    }

    /// Stable words; their lower-case form is what users see.
    public enum Kind {
        MESSAGE,
        PROPERTY,
        EVENT,
        STATUS,
        LIFECYCLE,
        TOPOLOGY,
        COMMAND
    }
}
