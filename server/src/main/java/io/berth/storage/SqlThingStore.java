package io.berth.storage;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.state.HistoryBucket;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingStore;
import io.berth.storage.ThingFold.Parts;
import io.berth.storage.ThingJournal.Noted;
import io.berth.storage.ThingMemory.Glimpse;
import io.berth.storage.ThingRows.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// State of things and their history. A report is durable once the journal has it, and in the rows of its thing
/// after the next fold. See docs/decisions/0007-thing-state-journal-and-fold.md.
final class SqlThingStore implements ThingStore, AutoCloseable {
    private static final int WISHERS = 64;

    private final Database database;
    private final ThingStateConfig config;
    private final InstantSource clock;
    private final ThingMemory memory;
    private final ThingJournal journal;
    private final ThingHistory history;
    private final ThingFold fold;

    /// Held for writing while tables and memory do not agree, for reading by those who need both.
    private final ReentrantReadWriteLock agreement = new ReentrantReadWriteLock(true);

    /// One change of a thing's wishes at a time; things share these.
    private final Object[] wishers = new Object[WISHERS];

    private final ScheduledExecutorService timer;
    private final AtomicBoolean foldIsDue = new AtomicBoolean();

    private SqlThingStore(Database database, ThingStateConfig config, InstantSource clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.memory = new ThingMemory(config.devicesInMemory());
        ThingReplay.run(database, memory);
        this.journal = ThingJournal.open(database, memory, config);
        HistoryTables tables = new HistoryTables(database);
        this.history = new ThingHistory(database, memory, tables);
        this.fold = new ThingFold(
                new Parts(database, memory, journal, tables), agreement.writeLock(), config.retention(), clock);
        Arrays.setAll(wishers, _ -> new Object());
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().name("berth-things").daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy()); // what is due while it closes, the last fold does
    }

    /// Takes up what an earlier process left, and begins to fold.
    static SqlThingStore open(Database database, ThingStateConfig config, InstantSource clock) {
        SqlThingStore store = new SqlThingStore(database, config, clock);
        long millis = config.foldEvery().toMillis();
        var _ = store.timer.scheduleWithFixedDelay(store::foldOrLog, millis, millis, TimeUnit.MILLISECONDS);
        return store;
    }

    @Override
    public void append(List<Facts> facts, Completion done) {
        Instant arrival = clock.instant();
        journal.append(
                facts.stream()
                        .map(each -> new Noted(each.device(), ThingEntry.Report.of(each, arrival)))
                        .toList(),
                done);
        if (memory.pendingBytes() > config.journalBytes() && foldIsDue.compareAndSet(false, true)) {
            timer.execute(this::foldOrLog);
        }
    }

    @Override
    public ThingState state(DeviceId device) {
        Glimpse glimpse = memory.glimpse(device);
        Payload row = glimpse.row();
        return row == null ? read(device) : merged(row, glimpse);
    }

    @Override
    public ThingState change(DeviceId device, UnaryOperator<ThingState> change) {
        CompletableFuture<ThingState> durable = new CompletableFuture<>();
        synchronized (wishers[Math.floorMod(device.hashCode(), WISHERS)]) {
            ThingState before = state(device);
            ThingState changed = change.apply(before);
            if (changed.equals(before)) {
                return before;
            }
            journal.append(
                    List.of(new Noted(device, ThingEntry.Wishes.of(changed))),
                    failure -> settle(durable, changed, failure));
        }
        return await(durable);
    }

    @Override
    public Page<HistoryPoint> history(HistoryQuery query) {
        agreement.readLock().lock();
        try {
            return history.page(query);
        } finally {
            agreement.readLock().unlock();
        }
    }

    @Override
    public List<HistoryBucket> buckets(HistoryQuery query, Duration width) {
        agreement.readLock().lock();
        try {
            return history.buckets(query, width);
        } finally {
            agreement.readLock().unlock();
        }
    }

    /// The tables are emptied by the next fold; until then they are not asked.
    @Override
    public void forget(DeviceId device) {
        CompletableFuture<DeviceId> durable = new CompletableFuture<>();
        agreement.writeLock().lock();
        try {
            journal.append(
                    List.of(new Noted(device, new ThingEntry.Forgotten())),
                    failure -> settle(durable, device, failure));
        } finally {
            agreement.writeLock().unlock();
        }
        await(durable);
    }

    /// Folds now. Blocking.
    void fold() {
        foldIsDue.set(false);
        fold.run();
    }

    /// Octets of reports that wait for their commit.
    int waitingBytes() {
        return journal.waitingBytes();
    }

    /// Octets of reports that are durable, or about to be, and wait for a fold.
    long pendingBytes() {
        return memory.pendingBytes();
    }

    /// Things in memory.
    int remembered() {
        return memory.size();
    }

    /// Points older than the history goes back, since the start.
    long pointsTooOld() {
        return fold.tooOld();
    }

    /// Folds once more, so that the next start has nothing to take up.
    @Override
    public void close() {
        timer.shutdown();
        foldOrLog();
    }

    private void foldOrLog() {
        try {
            fold();
        } catch (RuntimeException e) {
            Database.LOG.error("reports stay in the journal, for the next fold", e);
        }
    }

    private ThingState read(DeviceId device) {
        agreement.readLock().lock();
        try {
            Stored stored = database.read(sql -> ThingRows.read(sql, device));
            memory.loaded(device, stored.row(), stored.folded());
            Glimpse glimpse = memory.glimpse(device);
            Payload row = glimpse.row();
            return merged(row == null ? stored.row() : row, glimpse);
        } finally {
            agreement.readLock().unlock();
        }
    }

    private static ThingState merged(Payload row, Glimpse glimpse) {
        ThingRow known = ThingRow.decode(row);
        PendingEntries.each(glimpse.pending(), known::apply);
        return known.toState();
    }

    private static <T> void settle(CompletableFuture<T> durable, T answer, @Nullable Throwable failure) {
        if (failure == null) {
            durable.complete(answer);
        } else {
            durable.completeExceptionally(failure);
        }
    }

    private static <T> T await(CompletableFuture<T> durable) {
        try {
            return durable.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
