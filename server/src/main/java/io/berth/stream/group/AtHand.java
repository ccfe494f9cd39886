package io.berth.stream.group;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The events of a reader that were taken off the log and wait to be handed out: first those whose wait for
/// another try is over, then those that came back or whose turn has come. Under the lock of the run.
final class AtHand {
    private final Redelivery redelivery;
    private final @Nullable DeviceOrder order;
    private final Deque<Pending> ready = new ArrayDeque<>();
    private final Queue<Pending> retries = new PriorityQueue<>(
            Comparator.<Pending>comparingLong(pending -> pending.due).thenComparingLong(pending -> pending.offset));

    /// @param inOrder whether an event waits until the one before it of its device is settled
    AtHand(Redelivery redelivery, boolean inOrder) {
        this.redelivery = redelivery;
        this.order = inOrder ? new DeviceOrder() : null;
    }

    /// Whether it is the event's turn; else it stands in line until it is.
    boolean admit(Pending pending) {
        return order == null || order.admit(pending);
    }

    /// It is the event's turn, as soon as somebody asks.
    void add(Pending pending) {
        ready.add(pending);
    }

    /// It waits for another try.
    void tryAgain(Pending pending, long now, int failures) {
        pending.state = Pending.State.WAITING;
        pending.due =
                now + redelivery.millis(failures, ThreadLocalRandom.current().nextDouble());
        retries.add(pending);
    }

    /// The event goes out no more; whether another one can for it.
    boolean endTurn(Pending pending) {
        Pending follower = order == null ? null : order.next(pending);
        if (follower == null) {
            return false;
        }
        ready.add(follower);
        return true;
    }

    /// The next one that may be handed out now; null when there is none.
    @Nullable
    Pending next(long now) {
        for (Pending first = retries.peek(); first != null && first.due <= now; first = retries.peek()) {
            retries.remove();
            if (first.state == Pending.State.WAITING) {
                return first;
            }
        }
        for (Pending first = ready.poll(); first != null; first = ready.poll()) {
            if (first.state == Pending.State.WAITING) {
                return first;
            }
        }
        return null;
    }

    /// When the next event is due for another try; the greatest number when none is.
    long nextTry() {
        Pending first = retries.peek();
        return first == null ? Long.MAX_VALUE : first.due;
    }

    void clear() {
        ready.clear();
        retries.clear();
        if (order != null) {
            order.clear();
        }
    }
}
