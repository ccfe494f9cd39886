package io.berth.stream.group;

import io.berth.stream.DurableLog.Entry;
import java.util.Collection;
import java.util.List;

/// Counts what waits for readers that do not read at the moment, and has all of them keep their bounds. The log
/// is read once for all readers, from the least of the places they are counted up to: who reads at the end of the
/// log costs nothing. One thread.
final class Census {
    private final LogReads reads;
    private final int partitions;
    private final Collection<GroupRun> runs;
    private volatile boolean closed;

    /// @param runs a live view of them
    Census(LogReads reads, int partitions, Collection<GroupRun> runs) {
        this.reads = reads;
        this.partitions = partitions;
        this.runs = runs;
    }

    void round() {
        for (int partition = 0; partition < partitions; partition++) {
            count(partition);
        }
        runs.forEach(GroupRun::keepBounds);
    }

    /// Ends a count that is under way.
    void close() {
        closed = true;
    }

    private void count(int partition) {
        long end = reads.span(partition).next();
        for (long from = least(partition, end); from < end && !closed; from = least(partition, end)) {
            List<Entry> entries = reads.read(partition, from);
            if (entries.isEmpty()) {
                runs.forEach(
                        run -> run.change(supply -> backlog(supply, partition).countedUpTo(end)));
            } else {
                runs.forEach(run ->
                        run.change(supply -> supply.tracks().get(partition).count(entries)));
            }
        }
    }

    private long least(int partition, long end) {
        long least = end;
        for (GroupRun run : runs) {
            least = Math.min(
                    least, run.with(supply -> backlog(supply, partition).counted()));
        }
        return least;
    }

    private static Backlog backlog(Supply supply, int partition) {
        return supply.tracks().get(partition).backlog();
    }
}
