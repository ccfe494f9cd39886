package io.berth.core.message;

import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Something that happened and that applications may want to hear of.
///
/// @param id unique on the platform and the same however often the event is told; grows with time on one node
/// @param time when the platform learned of it
/// @param device whom it is about, null when it is about a product as a whole
/// @param origin how it came, null when no message and no session brought it
public record Event(
        long id,
        Instant time,
        String product,
        @Nullable DeviceId device,
        @Nullable Origin origin,
        Fact fact) {
    private static final int FRAME_OCTETS = 256;

    public Kind kind() {
        return fact.kind();
    }

    /// The name of the device, empty when it is about a product as a whole.
    public String deviceName() {
        return device == null ? "" : device.name();
    }

    /// About how long it is when applications are told of it: what the device sent, and names and times.
    public int octets() {
        return FRAME_OCTETS + (origin == null ? 0 : origin.payload().size());
    }

    /// The topic of the message that brought it, empty when none did.
    public String topic() {
        return origin == null ? "" : Objects.requireNonNullElse(origin.topic(), "");
    }

    /// What applications choose events by. Stable words; their lower-case form is what users see.
    public enum Kind {
        /// Bytes on a custom topic.
        MESSAGE,
        /// Values of properties.
        PROPERTY,
        /// An event of the thing model.
        EVENT,
        /// A device came or went.
        STATUS,
        /// A device or product was made, changed or deleted.
        LIFECYCLE,
        /// What stands behind a gateway changed.
        TOPOLOGY,
        /// What became of a call, or of a message to a device.
        COMMAND
    }
}
