package io.berth.stream.kafka;

import io.berth.core.message.Origin;
import io.berth.stream.DurableLog.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest entries of one partition, so that live readers need not ask the brokers: all from `first` on,
/// no gap that the partition itself has not. Whoever is not served here looks further back. Any thread.
final class RecentEntries {
    private static final int OBJECT_BYTES = 256;

    private final int maxBytes;

    /// A ring: the entry number n since the start is at n modulo its length, a power of two.
    private @Nullable Entry[] ring = new Entry[64];

    private long oldest;
    private long newest; // one past
    private long first;
    private long next;
    private int bytes;

    /// @param next the offset the first entry will have, or a greater one
    RecentEntries(int maxBytes, long next) {
        this.maxBytes = maxBytes;
        this.first = next;
        this.next = next;
    }

    synchronized void add(Entry entry) {
        if (newest - oldest == ring.length) {
            grow();
        }
        ring[slot(newest++)] = entry;
        bytes += bytes(entry);
        next = entry.offset() + 1;
        notifyAll();
        while (bytes > maxBytes && newest - oldest > 1) {
            Entry dropped = at(oldest);
            ring[slot(oldest++)] = null;
            bytes -= bytes(dropped);
            first = dropped.offset() + 1;
        }
    }

    /// Where the entries after all of these begin.
    synchronized long next() {
        return next;
    }

    /// Waits until the entry at this offset has come, but not for long.
    synchronized void await(long offset, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toMillis(); offset >= next && left > 0; ) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Up to `most` entries from this offset on; empty when it lies before all of these or after them.
    synchronized Optional<List<Entry>> from(long offset, int most) {
        if (offset < first || offset >= next) {
            return Optional.empty();
        }
        long low = oldest;
        long high = newest;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).offset() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int count = (int) Math.min(most, newest - low);
        List<Entry> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.add(at(low + i));
        }
        return Optional.of(found);
    }

    private Entry at(long number) {
        return Objects.requireNonNull(ring[slot(number)]);
    }

    private int slot(long number) {
        return (int) (number & (ring.length - 1));
    }

    private void grow() {
        @Nullable Entry[] larger = Arrays.copyOf(new Entry[0], ring.length * 2);
        for (long number = oldest; number < newest; number++) {
            larger[(int) (number & (larger.length - 1))] = at(number);
        }
        ring = larger;
    }

    private static int bytes(Entry entry) {
        Origin origin = entry.event().origin();
        return OBJECT_BYTES + (origin == null ? 0 : origin.payload().size());
    }
}
