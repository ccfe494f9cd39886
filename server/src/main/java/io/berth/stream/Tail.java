package io.berth.stream;

import io.berth.stream.DurableLog.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The newest durable events in memory, as they were appended: who reads along needs neither the disk nor to
/// read octets. All from some offset on, without a gap that the log itself has not. Any thread.
public final class Tail {
    /// Small batches are put together up to this many events.
    private static final int ENOUGH = 1_000;

    private final long maxBytes;
    private final NavigableMap<Long, Batch> batches = new TreeMap<>();
    private long bytes;
    private long begin;
    private long next;

    private record Batch(List<Entry> entries, long bytes) {
        long end() {
            return entries.getLast().offset() + 1;
        }
    }

    /// @param next where the events of this process begin
    public Tail(long maxBytes, long next) {
        this.maxBytes = maxBytes;
        this.begin = next;
        this.next = next;
    }

    public synchronized void add(List<Entry> entries, long weight) {
        Batch batch = new Batch(entries, weight);
        batches.put(entries.getFirst().offset(), batch);
        bytes += weight;
        next = batch.end();
        while (bytes > maxBytes) {
            Batch oldest = batches.pollFirstEntry().getValue();
            bytes -= oldest.bytes;
            begin = oldest.end();
        }
    }

    /// What comes after the last durable event.
    public synchronized long next() {
        return next;
    }

    /// The events from this offset on; nothing at all when some of them may be on the disk only.
    public synchronized Optional<List<Entry>> read(long from) {
        if (from < begin) {
            return Optional.empty();
        }
        Long key = batches.floorKey(from);
        List<Entry> found = new ArrayList<>();
        for (Batch batch : (key == null ? batches : batches.tailMap(key, true)).values()) {
            List<Entry> entries = batch.entries;
            int skipped = Math.clamp(from - entries.getFirst().offset(), 0, entries.size());
            List<Entry> wanted = entries.subList(skipped, entries.size());
            if (found.isEmpty() && wanted.size() >= ENOUGH) {
                return Optional.of(wanted);
            }
            found.addAll(wanted);
            if (found.size() >= ENOUGH) {
                break;
            }
        }
        return Optional.of(found);
    }
}
