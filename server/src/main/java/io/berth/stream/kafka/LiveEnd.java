package io.berth.stream.kafka;

import io.berth.stream.Appended;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.EventBatch;
import io.berth.stream.Tail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The newest events of one partition in memory, whoever appended them. What this node wrote is put in as soon
/// as it is kept, without a way back from the brokers, as long as nobody else's records came between; those
/// are fetched, and everything that follows with them until the end is reached again. Any thread.
final class LiveEnd {
    private final Tail tail;

    /// The record that comes next here.
    private long record;

    /// What comes after the last event this node was told is kept; beyond the tail while records between are
    /// still to be fetched.
    private long kept;

    /// @param record the first one that is not in the partition yet
    LiveEnd(long maxBytes, long record) {
        this.tail = new Tail(maxBytes, Offsets.first(record));
        this.record = record;
    }

    /// This node's own record is kept. Whether its events can be read here now.
    synchronized boolean wrote(long number, List<Appended> batch) {
        long first = Offsets.first(number);
        kept = Math.max(kept, first + batch.size());
        if (number != record) {
            return false;
        }
        add(number, EventBatch.entries(batch, first), EventBatch.weight(batch));
        return true;
    }

    /// Whether a fetched record is new here.
    synchronized boolean lacks(long number) {
        return number >= record;
    }

    /// A record came that was fetched; one without any event is passed over.
    synchronized void fetched(long number, List<Entry> entries, int octets) {
        if (lacks(number)) {
            add(number, entries, octets + (long) Appended.OVERHEAD * entries.size());
        }
    }

    private void add(long number, List<Entry> entries, long weight) {
        record = number + 1;
        if (!entries.isEmpty()) {
            tail.add(entries, weight);
        }
        notifyAll();
    }

    /// What comes after the last event that is kept.
    synchronized long next() {
        return Math.max(tail.next(), kept);
    }

    /// The events from this offset on, nothing at all when they must be looked for further back. Those that are
    /// kept and on their way here are waited for, but not for long: that is cheaper than to fetch them.
    synchronized Optional<List<Entry>> read(long from, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        try {
            while (isOnItsWay(from) && left > 0) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return isOnItsWay(from) ? Optional.empty() : tail.read(from);
    }

    private boolean isOnItsWay(long offset) {
        return offset >= tail.next() && offset < kept;
    }
}
