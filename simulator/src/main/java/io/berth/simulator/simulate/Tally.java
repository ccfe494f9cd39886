package io.berth.simulator.simulate;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What the fleet did so far. Any thread.
final class Tally {
    private final AtomicLong online = new AtomicLong();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private volatile String trouble = "";

    void online(int change) {
        online.addAndGet(change);
    }

    void sent() {
        sent.increment();
    }

    void received() {
        received.increment();
    }

    void answered() {
        answered.increment();
    }

    void reconnects() {
        reconnects.increment();
    }

    void refused(@Nullable Throwable failure) {
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        trouble = cause == null ? "" : String.valueOf(cause.getMessage());
    }

    long everOnlineOrSent() {
        return online.get() + sent.sum();
    }

    String trouble() {
        return trouble;
    }

    String line(long second) {
        String line = "%4d s  online %d  sent %d  received %d  answered %d  reconnects %d"
                .formatted(second, online.get(), sent.sum(), received.sum(), answered.sum(), reconnects.sum());
        return trouble.isEmpty() || reconnects.sum() == 0 ? line : line + "  last trouble: " + trouble;
    }
}
