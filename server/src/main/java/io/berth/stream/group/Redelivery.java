package io.berth.stream.group;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// When an event is handed out again that was not accepted.
///
/// @param first after the first failure, and whenever a consumer gives an event back
/// @param most each further failure doubles the wait up to this (spec aliyun-openapi 4.2: about a minute)
public record Redelivery(Duration first, Duration most) {
    /// So far a wait may fall short, lest all that failed together comes back together.
    private static final double JITTER = 0.2;

    private static final int MOST_DOUBLINGS = 30;

    public Redelivery {
        require(
                first.toMillis() >= 1 && first.compareTo(most) <= 0,
                "redelivery.first is positive and no longer than redelivery.most");
    }

    /// @param failures 0 for an event that was given back
    /// @param luck 0 to 1
    long millis(int failures, double luck) {
        int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
        long wait = Math.min(first.toMillis() << doublings, most.toMillis());
        return wait - (long) (wait * JITTER * luck);
    }
}
