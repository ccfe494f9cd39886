package io.berth.stream.sqlite;

import java.util.concurrent.atomic.LongAdder;

/// What the writer did so far.
final class Figures {
    final LongAdder events = new LongAdder();
    final LongAdder octets = new LongAdder();
    final LongAdder commits = new LongAdder();
    final LongAdder commitNanos = new LongAdder();
    final LongAdder failures = new LongAdder();

    void committed(Row row, long nanos) {
        events.add(row.count());
        octets.add(row.octets().size());
        commits.increment();
        commitNanos.add(nanos);
    }
}
