package io.berth.stream.sqlite;

import io.berth.stream.DurableLog.Entry;
import io.berth.stream.UnreadableEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The events that only the file has. Any thread; blocks.
final class Past implements AutoCloseable {
    /// What one call reads, unless a single row has more.
    private static final int ENOUGH = 1_000;

    private static final int ENOUGH_BYTES = 1 << 20;

    private final Readers readers;
    private final Damage damage;

    Past(Readers readers, Damage damage) {
        this.readers = readers;
        this.damage = damage;
    }

    /// The first of the entries that lie between the two offsets.
    List<Entry> read(long from, long end) {
        Pull pull = new Pull(from, end);
        readers.look(reader -> {
            reader.rowsFrom(from, pull::add);
            return pull;
        });
        return pull.entries;
    }

    /// Where the first event stands that is not older, and `end` when none is.
    long offsetAt(Instant time, long end) {
        long from =
                readers.look(reader -> reader.firstReaching(Row.millis(time)).orElse(end));
        List<Entry> entries = read(from, end);
        while (!entries.isEmpty()) {
            for (Entry entry : entries) {
                if (!entry.event().time().isBefore(time)) {
                    return entry.offset();
                }
            }
            entries = read(entries.getLast().offset() + 1, end);
        }
        return end;
    }

    @Override
    public void close() {
        readers.close();
    }

    /// Gathers entries row by row until it has enough.
    private final class Pull {
        private final long from;
        private final long end;
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;

        Pull(long from, long end) {
            this.from = from;
            this.end = end;
        }

        boolean add(Row row) {
            if (row.first() >= end) {
                return false;
            }
            if (row.isIntact()) {
                read(row);
            } else {
                damage.found(row, "the checksum is wrong");
            }
            return entries.isEmpty() || (entries.size() < ENOUGH && bytes < ENOUGH_BYTES);
        }

        private void read(Row row) {
            try {
                entries.addAll(row.entries(from));
                bytes += row.octets().size();
            } catch (UnreadableEventException e) {
                damage.found(row, e.toString());
            }
        }
    }
}
