package io.berth.stream.group;

import io.berth.core.subscription.Readers.Attendance;
import io.berth.core.subscription.Readers.Pace;
import io.berth.stream.group.Consumer.Delivered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The consumers of a reader, who take turns. Under the lock of the run.
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    /// An event that is handed out this soon did not wait.
    private static final long LIVE_MILLIS = 10_000;

    private final List<Attachment> consumers = new ArrayList<>();
    private int turn;
    private long credit;
    private long lastTag;
    private long delivered;
    private long redelivered;
    private long nextDeadline = Long.MAX_VALUE;
    private long lastAccepted;

    /// What is to be delivered, once the lock is given back.
    record Handing(Attachment to, Delivered what) {
        /// Without the lock.
        void deliver() {
            if (to.closed) {
                return;
            }
            try {
                to.receiver.deliver(what);
            } catch (RuntimeException e) {
                LOG.warn("consumer {} could not take an event and is let go", to.receiver.peer(), e);
                to.close();
            }
        }
    }

    int size() {
        return consumers.size();
    }

    /// Whether anyone asks for events.
    boolean asks() {
        return credit > 0;
    }

    long delivered() {
        return delivered;
    }

    long redelivered() {
        return redelivered;
    }

    /// When the first delivery must have been settled, or before.
    long nextDeadline() {
        return nextDeadline;
    }

    List<Attendance> attendance(long now) {
        return consumers.stream()
                .map(each -> new Attendance(
                        each.receiver.peer(),
                        each.since,
                        each.out.size(),
                        new Pace(each.live.count(now), each.late.count(now))))
                .toList();
    }

    /// When one was accepted last, null when none was.
    @Nullable
    Instant lastAccepted() {
        return lastAccepted == 0 ? null : Instant.ofEpochMilli(lastAccepted);
    }

    void accepted(Attachment consumer, Pending pending, long now) {
        lastAccepted = now;
        (pending.late ? consumer.late : consumer.live).add(now);
    }

    void join(Attachment consumer) {
        consumers.add(consumer);
    }

    void request(Attachment consumer, int more) {
        if (!consumer.closed) {
            consumer.credit += more;
            credit += more;
        }
    }

    /// Hands the event to the next in turn; somebody asks.
    Handing hand(Pending pending, long now) {
        Attachment consumer = next();
        long tag = ++lastTag;
        consumer.out.put(tag, pending);
        consumer.credit--;
        credit--;
        delivered++;
        redelivered += pending.handedBefore ? 1 : 0;
        pending.late = pending.handedBefore || now - pending.time > LIVE_MILLIS;
        pending.handedBefore = true;
        pending.state = Pending.State.OUT;
        if (consumer.patienceMillis > 0) {
            pending.due = now + consumer.patienceMillis;
            nextDeadline = Math.min(nextDeadline, pending.due);
        }
        return new Handing(consumer, new Delivered(tag, pending.attempts, pending.event()));
    }

    /// False when it left before.
    boolean leave(Attachment consumer, Supply supply) {
        if (!consumers.remove(consumer)) {
            return false;
        }
        consumer.closed = true;
        credit -= consumer.credit;
        consumer.credit = 0;
        consumer.out.values().forEach(supply::comeBack);
        consumer.out.clear();
        return true;
    }

    /// Everyone leaves.
    List<Attachment> disband(Supply supply) {
        List<Attachment> all = List.copyOf(consumers);
        all.forEach(consumer -> leave(consumer, supply));
        return all;
    }

    /// Nothing that was handed out matters any more.
    void forgetDeliveries() {
        consumers.forEach(consumer -> consumer.out.clear());
    }

    /// Takes back what was not settled in time; when the next one is due.
    long timeOut(long now, Supply supply) {
        nextDeadline = Long.MAX_VALUE;
        for (Attachment consumer : consumers) {
            if (consumer.patienceMillis > 0) {
                nextDeadline = Math.min(nextDeadline, timeOut(consumer, now, supply));
            }
        }
        return nextDeadline;
    }

    private static long timeOut(Attachment consumer, long now, Supply supply) {
        for (Map.Entry<Long, Pending> first = consumer.out.firstEntry();
                first != null;
                first = consumer.out.firstEntry()) {
            if (first.getValue().due > now) {
                return first.getValue().due;
            }
            consumer.out.pollFirstEntry();
            supply.fail(first.getValue(), now, "its consumer did not settle it in time");
        }
        return Long.MAX_VALUE;
    }

    private Attachment next() {
        for (; ; ) {
            turn = (turn + 1) % consumers.size();
            if (consumers.get(turn).credit > 0) {
                return consumers.get(turn);
            }
        }
    }
}
