package io.berth.compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What has come in from elsewhere and nobody has asked for yet, and a way to wait for what has not come. Any thread.
final class Arrivals<T> {
    /// Longer than anything on loopback takes, on a busy machine too; short enough to end a hopeless test.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<T> waiting = new ArrayList<>();

    void add(T arrival) {
        lock.lock();
        try {
            waiting.add(arrival);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The first arrival of this kind, which nobody gets again. When none comes in time the error names what did come.
    T take(String what, Predicate<? super T> wanted) {
        return poll(wanted, PATIENCE)
                .orElseThrow(() -> new IllegalStateException(
                        "waited " + PATIENCE.toSeconds() + " s for " + what + "; instead came " + rest()));
    }

    /// As [#take], but empty when none comes within `patience`.
    Optional<T> poll(Predicate<? super T> wanted, Duration patience) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            Optional<T> found = remove(wanted);
            while (found.isEmpty() && nanos > 0) {
                nanos = more.awaitNanos(nanos);
                found = remove(wanted);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<T> remove(Predicate<? super T> wanted) {
        for (Iterator<T> each = waiting.iterator(); each.hasNext(); ) {
            T arrival = each.next();
            if (wanted.test(arrival)) {
                each.remove();
                return Optional.of(arrival);
            }
        }
        return Optional.empty();
    }

    private List<T> rest() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }
}
