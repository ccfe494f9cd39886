package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes entries durable, many in one row: while a row is committed, the next gathers. An entry is remembered
/// in the order of its number, before it is durable.
///
/// Numbers grow for ever. Each start begins a range above all it can have given out before, because a fold may
/// have put entries into rows whose journal row was lost with the process.
final class ThingJournal {
    /// One lane keeps the rows in order on every engine.
    static final Object LANE = ThingJournal.class.getName();

    private static final String STARTS = "thing-journal-starts";
    private static final int NUMBER_BITS = 44;

    private final Database database;
    private final ThingMemory memory;
    private final ThingStateConfig config;
    private final Out entry = new Out();
    private final Out gathered = new Out();
    private List<Completion> waiting = new ArrayList<>();
    private long first;
    private long last;
    private boolean writing;

    private ThingJournal(Database database, ThingMemory memory, ThingStateConfig config, long start) {
        this.database = database;
        this.memory = memory;
        this.config = config;
        this.last = start << NUMBER_BITS;
        this.first = last + 1;
    }

    static ThingJournal open(Database database, ThingMemory memory, ThingStateConfig config) {
        return new ThingJournal(database, memory, config, database.write(LANE, ThingJournal::countStart));
    }

    record Noted(DeviceId device, ThingEntry entry) {}

    /// What one commit takes.
    private record Batch(long first, long last, Payload entries, List<Completion> waiting) {}

    /// Never blocks. All entries become durable together.
    void append(List<Noted> entries, Completion done) {
        Batch ready = null;
        boolean refused;
        synchronized (this) {
            refused = isFull();
            if (!refused) {
                entries.forEach(this::gather);
                waiting.add(done);
                ready = writing ? null : cut();
            }
        }
        if (refused) {
            done.done(new ProblemException(Problem.OVERLOADED, "too many reports wait for the store already"));
        } else if (ready != null) {
            write(ready);
        }
    }

    /// The number given last: every entry up to it is remembered.
    synchronized long last() {
        return last;
    }

    /// Octets that wait for a commit.
    synchronized int waitingBytes() {
        return gathered.size();
    }

    /// Drops the rows whose entries are all folded.
    void forgetUpTo(long number) {
        database.change(LANE, sql -> sql.update("DELETE FROM thing_journal WHERE last <= ?", number));
    }

    /// Reads the entries of the row after this one; empty after the last. Returns the row's first number.
    static List<Replayed> rowAfter(Sql sql, long after) throws SQLException {
        return sql.one(
                        "SELECT first, entries FROM thing_journal WHERE first > ? ORDER BY first LIMIT 1",
                        row -> entries(row.number(), row.payload().buffer()),
                        after)
                .orElse(List.of());
    }

    /// An entry of an earlier process.
    record Replayed(long number, DeviceId device, ThingEntry entry) {}

    private static List<Replayed> entries(long first, ByteBuffer in) {
        List<Replayed> entries = new ArrayList<>();
        for (long number = first; in.hasRemaining(); number++) {
            DeviceId device = new DeviceId(ValueCodec.text(in), ValueCodec.text(in));
            entries.add(new Replayed(number, device, ThingEntryCodec.read(in)));
        }
        return entries;
    }

    /// When folds fail for long, what is pending stops growing at some journals' worth.
    private boolean isFull() {
        return gathered.size() >= config.waitingBytes() || memory.pendingBytes() >= 4 * config.journalBytes();
    }

    private void gather(Noted noted) {
        entry.clear();
        ThingEntryCodec.write(noted.entry(), entry);
        DeviceId device = noted.device();
        gathered.text(device.product()).text(device.name()).append(entry);
        last++;
        if (noted.entry() instanceof ThingEntry.Forgotten) {
            memory.forget(device, last);
        } else {
            memory.remember(device, last, entry);
        }
    }

    private @Nullable Batch cut() {
        writing = !waiting.isEmpty();
        if (!writing) {
            return null;
        }
        Batch batch = new Batch(first, last, gathered.toPayload(), waiting);
        waiting = new ArrayList<>(waiting.size());
        gathered.clear();
        first = last + 1;
        return batch;
    }

    private void write(Batch batch) {
        var _ = database.submitChange(LANE, sql -> insert(sql, batch)).whenComplete((_, failure) -> {
            Batch next;
            synchronized (this) {
                next = cut();
            }
            if (next != null) {
                write(next); // before those who wait are told: the writer is not to run dry
            }
            batch.waiting().forEach(done -> tell(done, failure));
        });
    }

    private static void insert(Sql sql, Batch batch) throws SQLException {
        if (batch.entries().size() > 0) {
            sql.update(
                    "INSERT INTO thing_journal (first, last, entries) VALUES (?, ?, ?)",
                    batch.first(),
                    batch.last(),
                    batch.entries().toBytes());
        }
    }

    /// One who fails at being told must not keep the others waiting.
    private static void tell(Completion done, @Nullable Throwable failure) {
        try {
            done.done(failure);
        } catch (RuntimeException e) {
            Database.LOG.error("what waited for a report to be kept failed", e);
        }
    }

    private static long countStart(Sql sql) throws SQLException {
        long starts = 1
                + sql.one("SELECT value FROM meta WHERE name = ?", Row::text, STARTS)
                        .map(Long::parseLong)
                        .orElse(0L);
        sql.update(
                "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                STARTS,
                Long.toString(starts));
        return starts;
    }
}
