package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.storage.HistoryTables.Chunk;
import io.berth.storage.RememberedThing.OpenChunk;
import io.berth.storage.ThingMemory.Folded;
import io.berth.storage.ThingMemory.Unfolded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What the pending entries of one thing come to: its new row, its chunks of history, and how many of its
/// points are too old to keep.
record ThingDigest(Folded folded, List<Chunk> chunks, long tooOld) {
    DeviceId device() {
        return folded.thing().device;
    }

    /// A chunk takes points of later folds until it is this large: much larger rows would leave their page of
    /// SQLite, and be slow to write again.
    private static final int FULL_BYTES = 700;

    /// @param row as the tables have it
    /// @param open what the thing's open chunk holds
    /// @param oldestHour points before are not kept
    static ThingDigest of(Unfolded thing, Payload row, Optional<Payload> open, long oldestHour) {
        ThingRow known = ThingRow.decode(row);
        Points points = new Points(thing, open, oldestHour);
        PendingEntries.each(thing.glimpse().pending(), entry -> {
            known.apply(entry);
            PendingEntries.points(entry, points::add);
        });
        return points.digest(known);
    }

    /// The points of one thing, by the hour.
    private static final class Points {
        private final Unfolded thing;
        private final Optional<Payload> open;
        private final long oldestHour;
        private final TreeMap<Long, HistoryChunk> hours = new TreeMap<>();
        private long tooOld;

        Points(Unfolded thing, Optional<Payload> open, long oldestHour) {
            this.thing = thing;
            this.open = open;
            this.oldestHour = oldestHour;
        }

        void add(Series series, Timed point) {
            long hour = HistoryChunk.hourOf(point.time());
            if (hour < oldestHour) {
                tooOld++;
            } else {
                hours.computeIfAbsent(hour, this::chunk).add(series, point);
            }
        }

        ThingDigest digest(ThingRow known) {
            List<Chunk> chunks = new ArrayList<>();
            Optional<OpenChunk> newest = thing.open();
            for (HistoryChunk chunk : hours.values()) {
                Payload points = chunk.encode();
                long number = joined(chunk.hour()).map(OpenChunk::number).orElse(thing.last());
                chunks.add(new Chunk(thing.device(), chunk.hour(), number, points));
                if (newest.isEmpty() || newest.get().hour() <= chunk.hour()) {
                    newest = Optional.of(new OpenChunk(chunk.hour(), number, points.size()));
                }
            }
            int taken = thing.glimpse().pending().size();
            return new ThingDigest(
                    new Folded(thing.thing(), known.encode(), taken, thing.last(), newest.filter(Points::hasRoom)),
                    chunks,
                    tooOld);
        }

        private HistoryChunk chunk(long hour) {
            HistoryChunk chunk = new HistoryChunk(hour);
            joined(hour).flatMap(_ -> open).ifPresent(chunk::addAll);
            return chunk;
        }

        private Optional<OpenChunk> joined(long hour) {
            return open.isEmpty() ? Optional.empty() : thing.open().filter(chunk -> chunk.hour() == hour);
        }

        private static boolean hasRoom(OpenChunk chunk) {
            return chunk.bytes() < FULL_BYTES;
        }
    }
}
