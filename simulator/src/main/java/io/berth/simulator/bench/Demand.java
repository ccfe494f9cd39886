package io.berth.simulator.bench;

import org.jspecify.annotations.Nullable;

/// What is wanted of one lane at the moment: nothing before its first window begins. One thread.
final class Demand {
    private @Nullable Meter meter;
    private boolean busy;

    void begin(Meter next, boolean keepBusy) {
        meter = next;
        busy = keepBusy;
    }

    /// How many events a lane that keeps itself busy may begin now, of as many as it has room for.
    int admit(int room) {
        return busy && meter != null && room > 0 ? meter.admit(room) : 0;
    }

    void finish(long sinceNanos) {
        if (meter != null) {
            meter.finish(sinceNanos);
        }
    }

    void fail(String reason) {
        if (meter != null) {
            meter.fail(reason);
        }
    }
}
