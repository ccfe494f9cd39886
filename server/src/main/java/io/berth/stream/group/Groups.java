package io.berth.stream.group;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.core.subscription.CursorStore;
import io.berth.core.subscription.CursorStore.Cursor;
import io.berth.core.subscription.CursorStore.DeadLetter;
import io.berth.core.subscription.CursorStore.Place;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers;
import io.berth.core.subscription.Selection;
import io.berth.stream.DurableLog;
import io.berth.stream.EventCodec;
import io.berth.stream.Interest;
import io.berth.stream.UnreadableEventException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine of all readers of a durable log. Each has a run of its own; what they share is the pool their
/// pumps run on, the reads of the log, and a timer that saves, counts and looks after what is due.
public final class Groups implements GroupReaders, Readers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Groups.class);
    private static final long TICK_MILLIS = 100;
    private static final int TIMERS = 3; // ticks, saves and counts do not wait for each other
    private static final long CLOSE_SECONDS = 5;

    private final DurableLog log;
    private final Interest interest;
    private final CursorStore cursors;
    private final GroupRun.Means means;
    private final ExecutorService pool;
    private final ScheduledExecutorService timers;
    private final Map<String, GroupRun> runs = new ConcurrentHashMap<>();

    /// Where readers stood that have not begun since the start.
    private final Map<Place, Cursor> kept;

    private final CursorSaver saver;
    private final Census census;

    /// @param interest learns what readers select
    public Groups(DurableLog log, Interest interest, CursorStore cursors, GroupsConfig config, InstantSource clock) {
        this.log = log;
        this.interest = interest;
        this.cursors = cursors;
        this.kept = new ConcurrentHashMap<>(cursors.load());
        this.pool = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().daemon().name("berth-groups-", 0).factory());
        this.timers = Executors.newScheduledThreadPool(
                TIMERS,
                Thread.ofPlatform().daemon().name("berth-groups-timer-", 0).factory());
        LogReads reads = new LogReads(log);
        Collection<GroupRun> all = runs.values();
        this.means = new GroupRun.Means(reads, pool, clock, config);
        this.saver = new CursorSaver(cursors, all);
        this.census = new Census(reads, log.partitions(), all);
        log.follow(_ -> all.forEach(GroupRun::appended));
        every(TICK_MILLIS, () -> all.forEach(GroupRun::tick));
        every(config.saveEvery().toMillis(), saver::round);
        every(config.countEvery().toMillis(), census::round);
    }

    @Override
    public Consumer attach(String group, Duration acknowledgeWithin, Consumer.Receiver receiver) {
        return run(group).attach(receiver, acknowledgeWithin);
    }

    @Override
    public synchronized void begin(Reader reader) {
        GroupRun former = runs.get(reader.id());
        if (former != null) {
            former.end("the group was changed");
            former.change(supply -> {
                supply.forgetStand();
                supply.stand(reader.id(), kept);
            });
        }
        List<Track> tracks = new ArrayList<>();
        for (int partition = 0; partition < log.partitions(); partition++) {
            tracks.add(track(reader, partition));
        }
        runs.put(reader.id(), new GroupRun(reader, tracks, means));
        interest.add(reader.id(), reader.selection());
    }

    @Override
    public synchronized void select(String id, Selection selection) {
        GroupRun run = run(id);
        interest.add(id, selection);
        run.select(selection);
    }

    @Override
    public synchronized void end(String id) {
        interest.remove(id);
        GroupRun run = runs.remove(id);
        if (run != null) {
            run.end("the group was deleted");
            saver.forget(id);
        }
    }

    @Override
    public void reset(String id, Instant from) {
        GroupRun run = run(id);
        long[] offsets = new long[log.partitions()];
        for (int partition = 0; partition < offsets.length; partition++) {
            offsets[partition] = log.offsetAt(partition, from);
        }
        run.restart(offsets);
        saver.round();
    }

    @Override
    public Progress progress(String id) {
        return run(id).progress();
    }

    @Override
    public List<Dead> dead(String id, int most) {
        List<Dead> dead = new ArrayList<>();
        for (DeadLetter letter : cursors.deadLetters(id, most)) {
            try {
                Event event = EventCodec.decode(letter.record().buffer());
                dead.add(new Dead(event, letter.attempts(), letter.reason()));
            } catch (UnreadableEventException e) {
                LOG.warn("a dead letter of {} cannot be read", id, e);
            }
        }
        return dead;
    }

    /// Ends the consumers and saves where everyone stands.
    @Override
    public void close() {
        census.close();
        runs.values().forEach(run -> run.end("the server stops"));
        stop(pool);
        stop(timers);
        saver.round();
    }

    private GroupRun run(String id) {
        GroupRun run = runs.get(id);
        if (run == null) {
            throw new ProblemException(Problem.NOT_FOUND, "nobody reads as \"" + id + "\"");
        }
        return run;
    }

    private Track track(Reader reader, int partition) {
        Cursor cursor = kept.remove(new Place(reader.id(), partition));
        if (cursor == null) {
            return new Track(partition, reader.selection(), log.offsetAt(partition, reader.from()));
        }
        DurableLog.Span span = log.span(partition);
        if (cursor.floor() > span.next()) {
            LOG.warn("the log is not the one {} read before: it reads all of partition {}", reader.id(), partition);
            return new Track(partition, reader.selection(), span.first());
        }
        return new Track(partition, reader.selection(), cursor);
    }

    /// What fails is tried again: a timer would stop at the first exception.
    private void every(long millis, Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("consumer groups: a round failed", e);
            }
        };
        var _ = timers.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
