package io.berth.rule.scene;

import java.time.Duration;
import java.time.Instant;

/// How often a scene fired for one device.
///
/// @param last when it did last
/// @param minute when the minute began in which it is counted
/// @param count how often since
record Pace(Instant last, Instant minute, int count) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    static Pace first(Instant now) {
        return new Pace(now, now, 1);
    }

    Pace again(Instant now) {
        return isWithin(now) ? new Pace(now, minute, count + 1) : first(now);
    }

    boolean rests(Duration coolDown, Instant now) {
        return now.isBefore(last.plus(coolDown));
    }

    boolean runsAway(int perMinute, Instant now) {
        return isWithin(now) && count >= perMinute;
    }

    private boolean isWithin(Instant now) {
        return now.isBefore(minute.plus(MINUTE));
    }
}
