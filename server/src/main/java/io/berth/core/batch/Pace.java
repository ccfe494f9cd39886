package io.berth.core.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Lets so much through in a second, so that batches leave room for the devices' own traffic. What is taken
/// at once may be more than is left: whoever comes next waits for it. Any thread.
final class Pace {
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final int perSecond;
    private final InstantSource clock;
    private Instant counted;
    private double left;

    Pace(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.counted = clock.instant();
        this.left = perSecond;
    }

    /// Waits until something is left, then takes this much.
    synchronized void take(int amount) throws InterruptedException {
        refill();
        while (left <= 0) {
            wait(LOOK_AGAIN_MILLIS);
            refill();
        }
        left -= amount;
    }

    private void refill() {
        Instant now = clock.instant();
        double gained = Duration.between(counted, now).toNanos() / 1e9 * perSecond;
        left = Math.min(perSecond, left + Math.max(0, gained));
        counted = now;
    }
}
