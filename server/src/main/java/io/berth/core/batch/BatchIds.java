package io.berth.core.batch;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Makes ids that grow; those of two servers seldom meet. Any thread.
final class BatchIds {
    private static final long IDS_PER_MILLI = 1_000;

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    BatchIds(InstantSource clock) {
        this.clock = clock;
    }

    BatchId next() {
        long now = clock.millis() * IDS_PER_MILLI;
        return new BatchId(last.accumulateAndGet(now, (before, least) -> Math.max(before + 1, least)));
    }
}
