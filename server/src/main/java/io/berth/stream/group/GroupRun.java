package io.berth.stream.group;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.CursorStore.Cursor;
import io.berth.core.subscription.CursorStore.Place;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers.Attendance;
import io.berth.core.subscription.Readers.Progress;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.group.Consumer.Delivered;
import io.berth.stream.group.Consumer.Receiver;
import io.berth.stream.group.Consumer.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reader at work: its consumers, and the pump that hands them events while they ask for more.
///
/// Consumers call from any thread and hold the lock for a few instructions. The pump runs on the engine's pool,
/// never twice at once; it reads the log and delivers outside the lock. When nothing is to be done it rests until
/// an append, a request, a settlement or a timer wakes it.
final class GroupRun {
    private static final Logger LOG = LoggerFactory.getLogger(GroupRun.class);

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int AGAIN = 2;

    private static final int DELIVERIES_PER_STEP = 256;

    /// Then the pump lets the other readers have the thread.
    private static final int STEPS_IN_A_ROW = 16;

    private static final long REST_AFTER_FAILURE_MILLIS = 1_000;

    final Reader reader;
    private final Means means;
    private final Supply supply;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final List<Attachment> consumers = new ArrayList<>();
    private int turn;
    private long credit;
    private long lastTag;
    private long delivered;
    private long redelivered;

    /// Grows when what was asked of the log is not wanted any more.
    private int epoch;

    /// Whether consumers wait for events the log does not have yet.
    private volatile boolean hungry;

    /// When to look after retries and unsettled deliveries; milliseconds.
    private volatile long timer = Long.MAX_VALUE;

    private @Nullable String ended;

    /// What every run works with.
    record Means(LogReads reads, Executor pool, InstantSource clock, GroupsConfig config) {}

    private record Handing(Attachment to, Delivered what) {}

    private record Reading(Track track, long from, int epoch) {}

    GroupRun(Reader reader, List<Track> tracks, Means means) {
        this.reader = reader;
        this.means = means;
        this.supply = new Supply(reader, tracks, means.config());
    }

    Attachment attach(Receiver receiver, Duration acknowledgeWithin) {
        lock.lock();
        try {
            if (ended != null) {
                throw new ProblemException(Problem.NOT_FOUND, ended);
            }
            int most = means.config().consumers();
            if (consumers.size() >= most) {
                throw new ProblemException(
                        Problem.LIMIT_REACHED, "the group has " + most + " consumers already, and that is the most");
            }
            Attachment consumer = new Attachment(this, receiver, means.clock().instant(), acknowledgeWithin.toMillis());
            consumers.add(consumer);
            return consumer;
        } finally {
            lock.unlock();
        }
    }

    void request(Attachment consumer, int more) {
        lock.lock();
        try {
            if (consumer.closed) {
                return;
            }
            consumer.credit += more;
            credit += more;
        } finally {
            lock.unlock();
        }
        if (!hungry) {
            wake();
        }
    }

    void settle(Attachment consumer, long tag, Settlement settlement) {
        boolean another;
        lock.lock();
        try {
            Pending pending = consumer.out.remove(tag);
            if (pending == null) {
                return;
            }
            boolean wasFull = supply.isFull();
            another = switch (settlement) {
                case ACCEPTED -> supply.settle(pending) || wasFull;
                case RELEASED -> {
                    supply.giveBack(pending, now());
                    yield false;
                }
                case FAILED, REJECTED -> {
                    supply.fail(pending, now(), "its consumer failed with it");
                    yield true;
                }
            };
            timer = Math.min(timer, supply.nextTry());
        } finally {
            lock.unlock();
        }
        if (another) {
            wake();
        }
    }

    void detach(Attachment consumer) {
        lock.lock();
        try {
            if (!consumers.remove(consumer)) {
                return;
            }
            close(consumer);
            if (consumers.isEmpty()) {
                epoch++;
                supply.rewind();
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    /// More was appended.
    void appended() {
        if (hungry) {
            wake();
        }
    }

    /// Looks after what is due; cheap when nothing is.
    void tick() {
        long now = now();
        if (now < timer) {
            return;
        }
        lock.lock();
        try {
            long next = Long.MAX_VALUE;
            for (Attachment consumer : consumers) {
                next = Math.min(next, timeOut(consumer, now));
            }
            timer = credit > 0 ? Math.min(next, Math.max(supply.nextTry(), now + 1)) : next;
        } finally {
            lock.unlock();
        }
        wake();
    }

    /// What the census met in a partition.
    void count(int partition, List<Entry> entries) {
        lock.lock();
        try {
            supply.tracks().get(partition).count(entries);
        } finally {
            lock.unlock();
        }
    }

    /// The census found nothing more before this offset.
    void countedUpTo(int partition, long offset) {
        lock.lock();
        try {
            supply.tracks().get(partition).backlog().countedUpTo(offset);
        } finally {
            lock.unlock();
        }
    }

    /// Up to where events of the partition are counted.
    long counted(int partition) {
        lock.lock();
        try {
            return supply.tracks().get(partition).backlog().counted();
        } finally {
            lock.unlock();
        }
    }

    /// Gives up what is too old or too much.
    void keepBounds() {
        lock.lock();
        try {
            supply.keepBounds(now());
            if (supply.toRead(means.reads(), false) == null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    /// Begins each partition anew at its offset.
    void restart(long[] from) {
        lock.lock();
        try {
            epoch++;
            consumers.forEach(consumer -> consumer.out.clear());
            supply.restart(from);
        } finally {
            lock.unlock();
        }
        wake();
    }

    /// Hands over where each partition stands that moved since the last call.
    void save(Map<Place, Cursor> into) {
        lock.lock();
        try {
            for (Track track : supply.tracks()) {
                if (track.isChanged()) {
                    into.put(new Place(reader.id(), track.partition), track.cursor());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Hands over where every partition stands.
    void stand(Map<Place, Cursor> into) {
        unsaved();
        save(into);
    }

    /// What [#save(Map)] handed over could not be kept.
    void unsaved() {
        lock.lock();
        try {
            supply.tracks().forEach(Track::change);
        } finally {
            lock.unlock();
        }
    }

    List<Supply.Grave> graves() {
        lock.lock();
        try {
            return supply.graves();
        } finally {
            lock.unlock();
        }
    }

    void buried(List<Supply.Grave> graves) {
        lock.lock();
        try {
            supply.buried(graves);
        } finally {
            lock.unlock();
        }
    }

    Progress progress() {
        lock.lock();
        try {
            long oldest = supply.oldest();
            return new Progress(
                    supply.waiting(),
                    oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest),
                    delivered,
                    redelivered,
                    supply.dropped(),
                    supply.dead(),
                    consumers.stream()
                            .map(each -> new Attendance(each.receiver.peer(), each.since, each.out.size()))
                            .toList());
        } finally {
            lock.unlock();
        }
    }

    /// Tells the consumers, on the pool, that nothing more comes.
    void end(String reason) {
        lock.lock();
        try {
            ended = reason;
        } finally {
            lock.unlock();
        }
        wake();
    }

    private void wake() {
        if (state.getAndSet(AGAIN) == IDLE) {
            try {
                means.pool().execute(this::pump);
            } catch (RejectedExecutionException _) {
                // the engine is closed: what is not settled is handed out after the next start
            }
        }
    }

    private void pump() {
        for (int steps = 0; steps < STEPS_IN_A_ROW; steps++) {
            state.set(RUNNING);
            if (!stepSafely() && state.compareAndSet(RUNNING, IDLE)) {
                return;
            }
        }
        state.set(IDLE);
        wake();
    }

    private boolean stepSafely() {
        try {
            return step();
        } catch (RuntimeException e) {
            LOG.warn("reader {} rests for a moment", reader.id(), e);
            timer = Math.min(timer, now() + REST_AFTER_FAILURE_MILLIS);
            return false;
        }
    }

    /// Whether anything was done.
    private boolean step() {
        List<Handing> handings;
        Reading reading = null;
        lock.lock();
        try {
            handings = ended == null ? handings(now()) : List.of();
            if (ended == null && handings.isEmpty()) {
                reading = reading();
            }
        } finally {
            lock.unlock();
        }
        if (reading != null) {
            read(reading);
            return true;
        }
        handings.forEach(GroupRun::deliver);
        return !handings.isEmpty() || tellEnd();
    }

    private List<Handing> handings(long now) {
        supply.keepBounds(now);
        List<Handing> handings = new ArrayList<>();
        while (credit > 0 && handings.size() < DELIVERIES_PER_STEP) {
            Pending next = supply.next(now);
            if (next == null) {
                break;
            }
            handings.add(hand(next, nextConsumer(), now));
        }
        return handings;
    }

    private Handing hand(Pending pending, Attachment consumer, long now) {
        long tag = ++lastTag;
        consumer.out.put(tag, pending);
        consumer.credit--;
        credit--;
        delivered++;
        redelivered += pending.handedBefore ? 1 : 0;
        pending.handedBefore = true;
        pending.state = Pending.State.OUT;
        if (consumer.patienceMillis > 0) {
            pending.due = now + consumer.patienceMillis;
            timer = Math.min(timer, pending.due);
        }
        return new Handing(consumer, new Delivered(tag, pending.attempts, pending.event()));
    }

    /// The next in turn who asked for events; there is one.
    private Attachment nextConsumer() {
        for (; ; ) {
            Attachment consumer = consumers.get(turn++ % consumers.size());
            if (consumer.credit > 0) {
                return consumer;
            }
        }
    }

    /// What to read of the log now. With nothing to read the run is hungry, and the log is looked at once more:
    /// it may have grown before anyone could have told.
    private @Nullable Reading reading() {
        Track track = supply.toRead(means.reads(), credit > 0);
        if (track == null) {
            hungry = credit > 0;
            track = supply.toRead(means.reads(), credit > 0);
        }
        if (track == null) {
            rest();
            return null;
        }
        hungry = false;
        return new Reading(track, track.from(), epoch);
    }

    private void rest() {
        if (credit > 0) {
            timer = Math.min(timer, supply.nextTry());
        }
        if (consumers.isEmpty()) {
            supply.rewind();
        }
    }

    private void read(Reading reading) {
        int partition = reading.track().partition;
        long next = means.reads().span(partition).next();
        List<Entry> entries = means.reads().read(partition, reading.from());
        lock.lock();
        try {
            if (reading.epoch() == epoch) {
                supply.read(reading.track(), entries, next);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void deliver(Handing handing) {
        if (handing.to().closed) {
            return;
        }
        try {
            handing.to().receiver.deliver(handing.what());
        } catch (RuntimeException e) {
            LOG.warn(
                    "consumer {} could not take an event and is let go",
                    handing.to().receiver.peer(),
                    e);
            handing.to().close();
        }
    }

    private boolean tellEnd() {
        List<Attachment> told;
        String reason;
        lock.lock();
        try {
            reason = ended;
            if (reason == null || consumers.isEmpty()) {
                return false;
            }
            told = List.copyOf(consumers);
            consumers.clear();
            told.forEach(this::close);
        } finally {
            lock.unlock();
        }
        for (Attachment consumer : told) {
            consumer.receiver.ended(reason);
        }
        return true;
    }

    private void close(Attachment consumer) {
        consumer.closed = true;
        credit -= consumer.credit;
        consumer.credit = 0;
        consumer.out.values().forEach(supply::comeBack);
        consumer.out.clear();
    }

    /// Takes back what was not settled in time; when the next one is due.
    private long timeOut(Attachment consumer, long now) {
        if (consumer.patienceMillis == 0) {
            return Long.MAX_VALUE;
        }
        for (var first = consumer.out.firstEntry(); first != null; first = consumer.out.firstEntry()) {
            if (first.getValue().due > now) {
                return first.getValue().due;
            }
            consumer.out.pollFirstEntry();
            supply.fail(first.getValue(), now, "its consumer did not settle it in time");
        }
        return Long.MAX_VALUE;
    }

    private long now() {
        return means.clock().millis();
    }
}
