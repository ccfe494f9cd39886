package io.berth.stream.group;

import io.berth.stream.DurableLog;
import io.berth.stream.DurableLog.Entry;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Reads the log once for many: the newest read of each partition is kept, and whoever wants a part of it gets
/// the same events. Most readers stand close to the end. Any thread.
final class LogReads {
    private final DurableLog log;
    private final AtomicReferenceArray<@Nullable Read> newest;

    private record Read(long from, List<Entry> entries) {
        boolean has(long offset) {
            return offset >= from && offset <= entries.getLast().offset();
        }

        List<Entry> from(long offset) {
            int low = 0;
            int high = entries.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (entries.get(middle).offset() < offset) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low == 0 ? entries : entries.subList(low, entries.size());
        }
    }

    LogReads(DurableLog log) {
        this.log = log;
        this.newest = new AtomicReferenceArray<>(log.partitions());
    }

    DurableLog.Span span(int partition) {
        return log.span(partition);
    }

    /// As [DurableLog#read(int, long)].
    List<Entry> read(int partition, long from) {
        Read kept = newest.get(partition);
        if (kept != null && kept.has(from)) {
            return kept.from(from);
        }
        List<Entry> entries = log.read(partition, from);
        if (!entries.isEmpty() && (kept == null || kept.from < from)) {
            newest.set(partition, new Read(from, entries));
        }
        return entries;
    }
}
