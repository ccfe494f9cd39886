package io.berth.core.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Trouble that lasts until whoever raised it says it is over.
///
/// @param source what is in trouble, unique: `event-log`, `rule:orders:kafka`, `scene:frost:a1/pump-07`
/// @param text what is wrong and what helps, as sentences
/// @param times how often it was raised since it was last cleared
/// @param acknowledged who has seen it, null while nobody has
/// @param cleared when it was over, null while it lasts
public record Alarm(
        String source,
        Severity severity,
        String text,
        Instant raised,
        Instant lastRaised,
        long times,
        @Nullable String acknowledged,
        @Nullable Instant cleared) {
    public enum Severity {
        WARNING,
        MINOR,
        MAJOR,
        CRITICAL
    }

    public boolean isActive() {
        return cleared == null;
    }
}
