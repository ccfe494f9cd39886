package io.berth.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whether a destination is to be tried: after so many failures in a row it is left alone for a while, then
/// one message tries it for all (spec huawei-iotda 8: the block list). Any thread.
final class Line {
    private final int suspendAfter;
    private final Duration suspendFor;
    private final InstantSource clock;
    private final Listener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int failures;
    private boolean down;
    private boolean tried;
    private long suspendedUntilNanos;
    private @Nullable Instant suspendedUntil;
    private String trouble = "";

    /// Hears that the destination went down, or came back. Called without a lock.
    interface Listener {
        void down(String reason);

        void up();
    }

    Line(int suspendAfter, Duration suspendFor, InstantSource clock, Listener listener) {
        this.suspendAfter = suspendAfter;
        this.suspendFor = suspendFor;
        this.clock = clock;
        this.listener = listener;
    }

    /// Waits until the destination may be tried. While it is down only one at a time gets through.
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (down && !isMyTry()) {
                long wait = suspendedUntilNanos - System.nanoTime();
                if (tried || wait <= 0) {
                    changed.await();
                } else {
                    var _ = changed.awaitNanos(wait);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The same without waiting: false while the destination is to be left alone.
    boolean isOpen() {
        lock.lock();
        try {
            return !down || isMyTry();
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        boolean back;
        lock.lock();
        try {
            back = down;
            failures = 0;
            down = false;
            tried = false;
            suspendedUntil = null;
            trouble = "";
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (back) {
            listener.up();
        }
    }

    void failed(String reason) {
        boolean nowDown;
        lock.lock();
        try {
            failures++;
            trouble = reason;
            nowDown = !down && failures >= suspendAfter;
            if (nowDown || down) {
                down = true;
                suspend();
            }
        } finally {
            lock.unlock();
        }
        if (nowDown) {
            listener.down(reason);
        }
    }

    /// Gives the try back that [#await] let through: whoever had it went away.
    void abandoned() {
        lock.lock();
        try {
            if (tried) {
                tried = false;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    String trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    Optional<Instant> suspendedUntil() {
        lock.lock();
        try {
            return Optional.ofNullable(suspendedUntil);
        } finally {
            lock.unlock();
        }
    }

    private boolean isMyTry() {
        if (tried || System.nanoTime() - suspendedUntilNanos < 0) {
            return false;
        }
        tried = true;
        return true;
    }

    private void suspend() {
        tried = false;
        suspendedUntilNanos = System.nanoTime() + suspendFor.toNanos();
        suspendedUntil = clock.instant().plus(suspendFor);
        changed.signalAll();
    }
}
