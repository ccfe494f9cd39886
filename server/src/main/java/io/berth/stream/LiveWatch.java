package io.berth.stream;

import io.berth.core.message.Event;
import io.berth.core.message.EventFeed.Batch;
import io.berth.core.message.EventFeed.Filter;
import io.berth.core.message.EventFeed.Watch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The bounded queue of one watcher. The reader takes everything that waits at once, so both sides hold the lock for a
/// few instructions only.
final class LiveWatch implements Watch {
    private final Filter filter;
    private final int maxQueued;
    private final Consumer<LiveWatch> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private ArrayDeque<Event> queue = new ArrayDeque<>();
    private long dropped;
    private boolean waiting;
    private boolean ended;

    LiveWatch(Filter filter, int maxQueued, Consumer<LiveWatch> onClose) {
        this.filter = filter;
        this.maxQueued = maxQueued;
        this.onClose = onClose;
    }

    Filter filter() {
        return filter;
    }

    /// Queues the event; false when the oldest one had to go for it.
    boolean offer(Event event) {
        lock.lock();
        try {
            boolean fits = queue.size() < maxQueued;
            if (!fits) {
                queue.pollFirst();
                dropped++;
            }
            queue.addLast(event);
            if (waiting) {
                waiting = false;
                arrived.signal();
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Batch next(Duration timeout) throws InterruptedException {
        ArrayDeque<Event> taken;
        long lost;
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (queue.isEmpty() && !ended && left > 0) {
                waiting = true;
                left = arrived.awaitNanos(left);
            }
            waiting = false;
            taken = queue;
            queue = new ArrayDeque<>();
            lost = dropped;
            dropped = 0;
        } finally {
            lock.unlock();
        }
        return new Batch(List.copyOf(taken), lost);
    }

    @Override
    public boolean isOpen() {
        lock.lock();
        try {
            return !ended || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        end();
    }
}
