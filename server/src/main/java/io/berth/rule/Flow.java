package io.berth.rule;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets so many messages a second pass, in the order in which they ask (spec huawei-iotda 8, flow policy).
/// The first waits for its time, the others for it: so a new limit holds for those that wait already. Any
/// thread.
final class Flow {
    /// What a thread that woke too late may make up for; what was left unused for longer is gone.
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Semaphore first = new Semaphore(1, true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long gapNanos;
    private long next = System.nanoTime();

    /// @param perSecond 0 for any number
    Flow(int perSecond) {
        this.gapNanos = gap(perSecond);
    }

    void limit(int perSecond) {
        lock.lock();
        try {
            next += gap(perSecond) - gapNanos;
            gapNanos = gap(perSecond);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for its turn.
    void pass() throws InterruptedException {
        if (gapNanos == 0) {
            return;
        }
        first.acquire();
        try {
            awaitTurn();
        } finally {
            first.release();
        }
    }

    private void awaitTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long wait = next - System.nanoTime();
            while (wait > 0) {
                var _ = changed.awaitNanos(wait);
                wait = next - System.nanoTime();
            }
            next = Math.max(next, System.nanoTime() - SLACK_NANOS) + gapNanos;
        } finally {
            lock.unlock();
        }
    }

    private static long gap(int perSecond) {
        return perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    }
}
