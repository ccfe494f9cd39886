package io.berth.stream.group;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers.Progress;
import io.berth.core.subscription.Selection;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.group.Consumer.Receiver;
import io.berth.stream.group.Consumer.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reader at work: its consumers, and the pump that hands them events while they ask for more.
///
/// Consumers call from any thread and hold the lock for a few instructions. The pump reads the log and delivers
/// outside the lock. When nothing is to be done it rests until an append, a request, a settlement or a timer
/// wakes it.
final class GroupRun {
    private static final Logger LOG = LoggerFactory.getLogger(GroupRun.class);
    private static final int DELIVERIES_PER_STEP = 256;
    private static final long REST_AFTER_FAILURE_MILLIS = 1_000;

    final Reader reader;
    private final Means means;
    private final Supply supply;
    private final Crew crew = new Crew();
    private final ReentrantLock lock = new ReentrantLock();
    private final Pump pump;

    /// Grows when what was asked of the log is not wanted any more.
    private int epoch;

    /// Whether consumers wait for events the log does not have yet.
    private volatile boolean hungry;

    /// When to look after retries and unsettled deliveries; milliseconds.
    private volatile long timer = Long.MAX_VALUE;

    /// Why nothing more comes; set once.
    private volatile @Nullable String ended;

    /// What every run works with.
    record Means(LogReads reads, Executor pool, InstantSource clock, GroupsConfig config) {}

    private record Reading(Track track, long from, int epoch) {}

    GroupRun(Reader reader, List<Track> tracks, Means means) {
        this.reader = reader;
        this.means = means;
        this.supply = new Supply(reader, tracks, means.config());
        this.pump = new Pump(means.pool(), this::stepSafely);
    }

    Attachment attach(Receiver receiver, Duration acknowledgeWithin) {
        return locked(() -> {
            if (ended != null) {
                throw new ProblemException(Problem.NOT_FOUND, ended);
            }
            int most = means.config().consumers();
            if (crew.size() >= most) {
                throw new ProblemException(
                        Problem.LIMIT_REACHED, "the group has " + most + " consumers already, and that is the most");
            }
            Attachment consumer = new Attachment(this, receiver, means.clock().instant(), acknowledgeWithin.toMillis());
            crew.join(consumer);
            return consumer;
        });
    }

    void request(Attachment consumer, int more) {
        locked(() -> crew.request(consumer, more));
        if (!hungry) {
            pump.wake();
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
            another = supply.isFull();
            switch (settlement) {
                case ACCEPTED -> {
                    crew.accepted(consumer, pending, now());
                    another |= supply.settle(pending);
                }
                case RELEASED -> supply.giveBack(pending, now());
                case FAILED, REJECTED -> another |= supply.fail(pending, now(), "its consumer failed with it");
            }
            timer = Math.min(timer, supply.nextTry());
        } finally {
            lock.unlock();
        }
        if (another) {
            pump.wake();
        }
    }

    void detach(Attachment consumer) {
        locked(() -> {
            if (crew.leave(consumer, supply) && crew.size() == 0) {
                epoch++;
                supply.rewind();
            }
        });
        pump.wake();
    }

    /// More was appended.
    void appended() {
        if (hungry) {
            pump.wake();
        }
    }

    /// Looks after what is due; cheap when nothing is.
    void tick() {
        long now = now();
        if (now < timer) {
            return;
        }
        locked(() -> {
            long next = crew.timeOut(now, supply);
            timer = crew.asks() ? Math.min(next, Math.max(supply.nextTry(), now + 1)) : next;
        });
        pump.wake();
    }

    /// Gives up what is too old or too much.
    void keepBounds() {
        boolean more = with(waiting -> {
            waiting.keepBounds(now());
            return waiting.toRead(means.reads(), false) != null;
        });
        if (more) {
            pump.wake();
        }
    }

    /// Begins each partition anew at its offset.
    void restart(long[] from) {
        locked(() -> {
            epoch++;
            crew.forgetDeliveries();
            supply.restart(from);
        });
        pump.wake();
    }

    /// Chooses other events from now on; what is at hand stays.
    void select(Selection selection) {
        locked(() -> supply.tracks().forEach(track -> track.select(selection)));
        pump.wake();
    }

    /// Looks at what waits while nobody else does.
    <T> T with(Function<Supply, T> work) {
        return locked(() -> work.apply(supply));
    }

    /// Changes what waits while nobody else does.
    void change(Consumer<Supply> work) {
        locked(() -> work.accept(supply));
    }

    Progress progress() {
        return locked(() -> {
            long oldest = supply.oldest();
            return new Progress(
                    supply.waiting(),
                    oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest),
                    crew.delivered(),
                    crew.redelivered(),
                    supply.dropped(),
                    supply.dead(),
                    crew.lastAccepted(),
                    crew.attendance(now()));
        });
    }

    /// Tells the consumers, on the pool, that nothing more comes.
    void end(String reason) {
        locked(() -> ended = reason);
        pump.wake();
    }

    private boolean stepSafely() {
        try {
            return step();
        } catch (RuntimeException e) {
            LOG.warn("reader {} rests for a moment", reader.id(), e);
            locked(() -> timer = Math.min(timer, now() + REST_AFTER_FAILURE_MILLIS));
            return false;
        }
    }

    /// Whether anything was done.
    private boolean step() {
        List<Crew.Handing> handings;
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
        handings.forEach(Crew.Handing::deliver);
        return !handings.isEmpty() || tellEnd();
    }

    private List<Crew.Handing> handings(long now) {
        supply.keepBounds(now);
        List<Crew.Handing> handings = new ArrayList<>();
        while (crew.asks() && handings.size() < DELIVERIES_PER_STEP) {
            Pending next = supply.next(now);
            if (next == null) {
                break;
            }
            handings.add(crew.hand(next, now));
        }
        timer = Math.min(timer, crew.nextDeadline());
        return handings;
    }

    /// What to read of the log now. With nothing to read the run is hungry, and the log is looked at once more:
    /// it may have grown before anyone could have told.
    private @Nullable Reading reading() {
        Track track = supply.toRead(means.reads(), crew.asks());
        if (track == null) {
            hungry = crew.asks();
            track = supply.toRead(means.reads(), crew.asks());
        }
        if (track == null) {
            rest();
            return null;
        }
        hungry = false;
        return new Reading(track, track.from(), epoch);
    }

    private void rest() {
        if (crew.asks()) {
            timer = Math.min(timer, supply.nextTry());
        }
        if (crew.size() == 0) {
            supply.rewind();
        }
    }

    private void read(Reading reading) {
        int partition = reading.track().partition;
        long next = means.reads().span(partition).next();
        List<Entry> entries = means.reads().read(partition, reading.from());
        locked(() -> {
            if (reading.epoch() == epoch) {
                supply.read(reading.track(), entries, next);
            }
        });
    }

    private boolean tellEnd() {
        String reason = ended;
        if (reason == null) {
            return false;
        }
        List<Attachment> told = locked(() -> crew.disband(supply));
        told.forEach(consumer -> consumer.receiver.ended(reason));
        return !told.isEmpty();
    }

    private long now() {
        return means.clock().millis();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
