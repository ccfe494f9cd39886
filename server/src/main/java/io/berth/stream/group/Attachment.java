package io.berth.stream.group;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A consumer that is there. What changes is under the lock of its run, except that whoever delivers looks
/// whether it is closed.
final class Attachment implements Consumer {
    final Receiver receiver;
    final Instant since;

    /// How long a delivery may stay unsettled, 0 for ever.
    final long patienceMillis;

    /// What it was handed and has not settled, the oldest first.
    final SequencedMap<Long, Pending> out = new LinkedHashMap<>();

    /// What it accepted lately: as it came, and after it had waited.
    final MinuteCount live = new MinuteCount();
    final MinuteCount late = new MinuteCount();

    long credit;
    volatile boolean closed;
    private final GroupRun run;

    Attachment(GroupRun run, Receiver receiver, Instant since, long patienceMillis) {
        this.run = run;
        this.receiver = receiver;
        this.since = since;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void request(int more) {
        if (more > 0) {
            run.request(this, more);
        }
    }

    @Override
    public void settle(long tag, Settlement settlement) {
        run.settle(this, tag, settlement);
    }

    @Override
    public void close() {
        run.detach(this);
    }
}
