package io.berth.rule;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before the next try: twice as long each time, and not all at the same moment. Any thread.
record BackOff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    /// Between half and the whole of the doubled time.
    Duration after(int attempt) {
        long doubled = first.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long most = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    /// As the destination asked, within reason.
    Duration atMost(Duration asked) {
        return asked.compareTo(longest) > 0 ? longest : asked;
    }
}
