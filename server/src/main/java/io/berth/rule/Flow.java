package io.berth.rule;

import java.util.concurrent.TimeUnit;

/// Lets so many messages a second pass (spec huawei-iotda 8, flow policy). Any thread.
final class Flow {
    private final long gapNanos;
    private long next = Long.MIN_VALUE;

    /// @param perSecond 0 for any number
    Flow(int perSecond) {
        this.gapNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /// Waits for its turn.
    void pass() throws InterruptedException {
        if (gapNanos > 0) {
            TimeUnit.NANOSECONDS.sleep(turn(System.nanoTime()));
        }
    }

    /// How long until the turn of whoever asks now. What was left unused is not made up for later.
    synchronized long turn(long now) {
        long turn = next == Long.MIN_VALUE ? now : Math.max(now, next);
        next = turn + gapNanos;
        return turn - now;
    }
}
