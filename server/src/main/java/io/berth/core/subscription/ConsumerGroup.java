package io.berth.core.subscription;

import static io.berth.core.ProblemException.require;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// A group of consumers that share the events it chose; each group gets its own copy of every event.
///
/// @param id unique, made up when the group is; what vendors' logins may name as well as the name
/// @param name unique, 1 to 64 characters without control characters
/// @param format the word of an `EventFormat`
/// @param created events from this moment on are for the group
public record ConsumerGroup(
        String id, String name, String format, Selection selection, Bounds bounds, Instant created) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}|,=]{1,64}");

    public ConsumerGroup {
        require(NAME.matcher(name).matches(), "a group's name has 1 to 64 characters, none of | , = or control");
    }

    /// What is given up first when consumers stay away: the oldest.
    ///
    /// @param maxAge how old an unacknowledged event may get (vendors keep one day: spec aliyun-openapi 4.1,
    /// huawei-iotda 8.1)
    /// @param maxEvents how many events may wait
    /// @param maxOctets how long they may be together, about (see [io.berth.core.message.Event#octets()])
    /// @param maxAttempts how often an event is handed out before it goes to the group's dead letters
    public record Bounds(Duration maxAge, long maxEvents, long maxOctets, int maxAttempts) {
        public static final Bounds DEFAULT = new Bounds(Duration.ofDays(1), 100_000_000, 1_000);

        /// However long they are.
        public Bounds(Duration maxAge, long maxEvents, int maxAttempts) {
            this(maxAge, maxEvents, Long.MAX_VALUE, maxAttempts);
        }

        public Bounds {
            require(maxAge.isPositive(), "a group's greatest age must be positive");
            require(maxEvents >= 1, "a group keeps at least one event");
            require(maxOctets >= 1, "a group keeps at least one octet");
            require(maxAttempts >= 1, "a group hands an event out at least once");
        }
    }
}
