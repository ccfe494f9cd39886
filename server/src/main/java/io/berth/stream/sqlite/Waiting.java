package io.berth.stream.sqlite;

import io.berth.stream.Appended;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Events that wait for the writer, bounded in bytes. Any thread adds, for a few instructions under the lock;
/// one takes.
final class Waiting {
    /// One row: no reader is to lift more at once, and a commit is to stay short.
    private static final int BATCH_BYTES = 1 << 20;

    private static final int BATCH_EVENTS = 4_000;

    private final long maxBytes;
    private final long commitEvery;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition worthTaking = lock.newCondition();
    private final ArrayDeque<Appended> queue = new ArrayDeque<>();
    private long bytes;
    private long notBefore = System.nanoTime();
    private boolean closed;

    Waiting(long maxBytes, Duration commitEvery) {
        this.maxBytes = maxBytes;
        this.commitEvery = commitEvery.toNanos();
    }

    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    Offer offer(Appended appended) {
        int weight = appended.weight();
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (bytes + weight > maxBytes && !queue.isEmpty()) {
                return Offer.FULL;
            }
            boolean wasEmpty = queue.isEmpty();
            boolean wasSmall = bytes < BATCH_BYTES;
            queue.add(appended);
            bytes += weight;
            if (wasEmpty || (wasSmall && bytes >= BATCH_BYTES)) {
                worthTaking.signal();
            }
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// What one commit takes, in the order it came. Waits until there is something and the last commit is long
    /// enough ago; empty once closed and nothing is left.
    List<Appended> take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                worthTaking.await();
            }
            long left = notBefore - System.nanoTime();
            while (left > 0 && bytes < BATCH_BYTES && !closed) {
                left = worthTaking.awaitNanos(left);
            }
            notBefore = System.nanoTime() + commitEvery;
            return poll();
        } finally {
            lock.unlock();
        }
    }

    /// Everything that waits, for a writer that cannot keep it; waits for something to come until the time is
    /// over.
    List<Appended> takeAll(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (queue.isEmpty() && !closed && left > 0) {
                left = worthTaking.awaitNanos(left);
            }
            List<Appended> all = new ArrayList<>(queue);
            queue.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            worthTaking.signal();
        } finally {
            lock.unlock();
        }
    }

    private List<Appended> poll() {
        List<Appended> batch = new ArrayList<>(Math.min(queue.size(), BATCH_EVENTS));
        long taken = 0;
        while (!queue.isEmpty() && batch.size() < BATCH_EVENTS && taken < BATCH_BYTES) {
            Appended next = queue.remove();
            taken += next.weight();
            batch.add(next);
        }
        bytes -= taken;
        return batch;
    }
}
