package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.storage.HistoryTables.Chunk;
import io.berth.storage.RememberedThing.OpenChunk;
import io.berth.storage.ThingMemory.Unfolded;
import io.berth.storage.ThingRows.Kept;
import io.berth.storage.ThingRows.Stored;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/// Moves what is pending from the journal into the tables, some things at a time; then the journal's rows go. A
/// thing's row and its chunks are written in one transaction together with the number of its newest entry, so
/// that entries met again after a crash are known.
///
/// Blocking; one fold at a time. What fails stays pending for the next.
final class ThingFold {
    /// Short enough that reports do not wait long behind it for their commit.
    private static final int SLICE = 250;

    private static final Object LANE = ThingFold.class.getName();

    private final Database database;
    private final ThingMemory memory;
    private final ThingJournal journal;
    private final HistoryTables tables;
    private final Lock alone;
    private final Duration retention;
    private final InstantSource clock;
    private final AtomicLong tooOld = new AtomicLong();

    /// What was being written when a commit failed: when the connection broke, it may be in the tables all
    /// the same.
    private List<ThingDigest> doubtful = List.of();

    /// The journal ends behind this number; what an earlier process left is below all numbers of this one.
    private long ended = Long.MIN_VALUE;

    /// @param alone held while tables and memory do not agree
    ThingFold(Parts parts, Lock alone, Duration retention, InstantSource clock) {
        this.database = parts.database();
        this.memory = parts.memory();
        this.journal = parts.journal();
        this.tables = parts.tables();
        this.alone = alone;
        this.retention = retention;
        this.clock = clock;
    }

    record Parts(Database database, ThingMemory memory, ThingJournal journal, HistoryTables tables) {}

    /// Folds all that was remembered before.
    synchronized void run() {
        settleDoubt();
        long through = journal.last();
        List<RememberedThing> changed = memory.takeChanged();
        int done = 0;
        try {
            for (; done < changed.size(); done += SLICE) {
                fold(changed.subList(done, Math.min(done + SLICE, changed.size())));
            }
        } finally {
            memory.putBack(changed.subList(Math.min(done, changed.size()), changed.size()));
        }
        if (through > ended) {
            journal.forgetUpTo(through);
            ended = through;
        }
        dropOldDays();
        memory.evict();
    }

    /// Points that were older than the history goes back, since the start.
    long tooOld() {
        return tooOld.get();
    }

    private void fold(List<RememberedThing> slice) {
        alone.lock();
        try {
            List<Unfolded> things = memory.unfolded(slice);
            List<ThingDigest> digests = database.read(sql -> digest(sql, things));
            List<Chunk> chunks =
                    digests.stream().flatMap(digest -> digest.chunks().stream()).toList();
            doubtful = digests;
            List<DeviceId> haunted = things.stream()
                    .filter(thing -> thing.glimpse().haunted())
                    .map(Unfolded::device)
                    .toList();
            database.change(LANE, sql -> {
                erase(sql, haunted);
                ThingRows.write(sql, rows(digests));
                tables.write(sql, chunks);
            });
            tables.made(chunks);
            memory.folded(digests.stream().map(ThingDigest::folded).toList());
            digests.forEach(digest -> tooOld.addAndGet(digest.tooOld()));
            doubtful = List.of();
        } finally {
            alone.unlock();
        }
    }

    /// Writing again what was committed would count it twice.
    private void settleDoubt() {
        if (doubtful.isEmpty()) {
            return;
        }
        alone.lock();
        try {
            Map<DeviceId, Stored> stored = database.read(sql -> ThingRows.read(
                    sql, doubtful.stream().map(ThingDigest::device).toList()));
            for (ThingDigest digest : doubtful) {
                if (stored.getOrDefault(digest.device(), Stored.NOTHING).folded()
                        == digest.folded().last()) {
                    tables.made(digest.chunks());
                    memory.committed(digest.folded());
                }
            }
            doubtful = List.of();
        } finally {
            alone.unlock();
        }
    }

    private List<ThingDigest> digest(Sql sql, List<Unfolded> things) throws SQLException {
        List<DeviceId> unread = things.stream()
                .filter(thing -> thing.glimpse().row() == null)
                .map(Unfolded::device)
                .toList();
        Map<DeviceId, Stored> read = ThingRows.read(sql, unread);
        long oldestHour = HistoryChunk.hourOf(clock.instant().minus(retention).toEpochMilli());
        List<ThingDigest> digests = new ArrayList<>(things.size());
        for (Unfolded thing : things) {
            Payload row = thing.glimpse().row();
            Payload known = row != null
                    ? row
                    : read.getOrDefault(thing.device(), Stored.NOTHING).row();
            digests.add(ThingDigest.of(thing, known, openChunk(sql, thing), oldestHour));
        }
        return digests;
    }

    private Optional<Payload> openChunk(Sql sql, Unfolded thing) throws SQLException {
        if (thing.open().isEmpty()) {
            return Optional.empty();
        }
        OpenChunk open = thing.open().get();
        return tables.read(sql, thing.device(), open.hour(), open.number());
    }

    private void erase(Sql sql, List<DeviceId> devices) throws SQLException {
        if (!devices.isEmpty()) {
            ThingRows.erase(sql, devices);
            tables.erase(sql, devices);
        }
    }

    /// A thing that was only forgotten has no row.
    private static List<Kept> rows(List<ThingDigest> digests) {
        return digests.stream()
                .map(ThingDigest::folded)
                .filter(folded -> folded.taken() > 0)
                .map(folded -> new Kept(folded.thing().device, new Stored(folded.row(), folded.last())))
                .toList();
    }

    private void dropOldDays() {
        long oldest = HistoryTables.dayOf(
                HistoryChunk.hourOf(clock.instant().minus(retention).toEpochMilli()));
        for (long day : tables.before(oldest)) {
            alone.lock();
            try {
                database.change(LANE, sql -> HistoryTables.drop(sql, day));
                tables.dropped(day);
            } finally {
                alone.unlock();
            }
        }
    }
}
