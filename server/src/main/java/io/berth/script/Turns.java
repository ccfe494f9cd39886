package io.berth.script;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for a worker: of each key in the order it came, of the keys one after the other, so that a busy
/// key costs the others one turn each. Any thread.
final class Turns<T> {
    private final int takers;
    private final int maxInAll;
    private final int maxPerKey;
    private final ReentrantLock lock = new ReentrantLock();

    /// Who waits for an item, the last to come first: work that one worker can do stays with one, whose
    /// process is warm, and the others end theirs.
    private final Deque<Condition> idle = new ArrayDeque<>();

    private final Map<String, Queue<T>> waiting = new HashMap<>();

    /// Keys with something waiting, the next first.
    private final Queue<String> keys = new ArrayDeque<>();

    private int size;
    private boolean closed;

    Turns(int takers, int maxInAll, int maxPerKey) {
        this.takers = takers;
        this.maxInAll = maxInAll;
        this.maxPerKey = maxPerKey;
    }

    /// False when too many wait already, or no more turns are given.
    boolean offer(String key, T item) {
        lock.lock();
        try {
            Queue<T> queue = waiting.get(key);
            if (closed || size >= maxInAll || (queue != null && queue.size() >= maxPerKey)) {
                return false;
            }
            if (queue == null) {
                queue = new ArrayDeque<>();
                waiting.put(key, queue);
                keys.add(key);
            }
            queue.add(item);
            size++;
            Condition last = idle.poll();
            if (last != null) {
                last.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What waits, at most so many and no more than its share of the takers; empty when nothing came within
    /// the time.
    List<T> take(Duration patience, int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            Condition some = lock.newCondition();
            while (size == 0) {
                if (left <= 0) {
                    return List.of();
                }
                idle.push(some);
                left = some.awaitNanos(left);
                idle.remove(some);
            }
            return next(Math.min(most, (size + takers - 1) / takers));
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more; answers what still waited.
    List<T> close() {
        lock.lock();
        try {
            closed = true;
            return next(size);
        } finally {
            lock.unlock();
        }
    }

    private List<T> next(int count) {
        List<T> items = new ArrayList<>(count);
        while (items.size() < count) {
            items.add(next());
        }
        return items;
    }

    private T next() {
        String key = keys.remove();
        Queue<T> queue = Objects.requireNonNull(waiting.get(key));
        T item = queue.remove();
        if (queue.isEmpty()) {
            waiting.remove(key);
        } else {
            keys.add(key);
        }
        size--;
        return item;
    }
}
