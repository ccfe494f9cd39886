package io.berth.core.state;

import io.berth.core.Value;
import java.time.Instant;
import java.util.Map;

/// A shadow that is a document of its own: what the device says of itself and what the application wants of
/// it, in no thing model's terms (spec aliyun-device 5.4).
///
/// @param reported attributes as the device reported them
/// @param desired attributes as the application wants them; empty when it wants nothing
/// @param reportedAt when each reported attribute last changed
/// @param desiredAt when each desired attribute last changed
/// @param version grows with every accepted change
public record ShadowDocument(
        Value.Fields reported,
        Value.Fields desired,
        Map<String, Instant> reportedAt,
        Map<String, Instant> desiredAt,
        long version,
        Instant changed) {
    public ShadowDocument {
        reportedAt = Map.copyOf(reportedAt);
        desiredAt = Map.copyOf(desiredAt);
    }

    public static ShadowDocument empty(Instant now) {
        return new ShadowDocument(Value.Fields.NONE, Value.Fields.NONE, Map.of(), Map.of(), 0, now);
    }
}
