package io.berth.simulator.bench;

import io.berth.simulator.measure.Sample;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Counts the events of one window. It admits events until the time or the number is up and then waits for those under
/// way: what is counted is what was answered, and the wait is part of the window. Any thread.
final class Meter {
    /// How long the last events may take before the window counts as stalled.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final long limit;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final Recorder latencies = new Recorder(LONGEST_NANOS, 3);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final long beganNanos = System.nanoTime();
    private volatile boolean open = true;

    /// @param limit how many events the window has at most
    Meter(long limit) {
        this.limit = limit;
    }

    /// Asks to start up to `wanted` events; the answer is how many may.
    int admit(int wanted) {
        if (!open) {
            return 0;
        }
        long before = started.getAndAdd(wanted);
        int admitted = open ? Math.clamp(limit - before, 0, wanted) : 0;
        if (admitted < wanted) {
            started.addAndGet((long) admitted - wanted);
            open = false;
            endIfDone();
        }
        return admitted;
    }

    /// One event that began (or was due) at `sinceNanos` is over.
    void finish(long sinceNanos) {
        finish(1, sinceNanos);
    }

    void finish(int events, long sinceNanos) {
        latencies.recordValueWithCount(Math.clamp(System.nanoTime() - sinceNanos, 0, LONGEST_NANOS), events);
        finished.addAndGet(events);
        endIfDone();
    }

    void fail(String reason) {
        ended.completeExceptionally(new IllegalStateException(reason));
    }

    private void endIfDone() {
        if (!open && finished.get() >= started.get()) {
            ended.complete(null);
        }
    }

    /// Waits for the end of the window.
    void await(Duration longest) {
        try {
            ended.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            open = false;
            endIfDone();
            awaitStragglers();
        } catch (ExecutionException e) {
            throw new IllegalStateException(reason(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void awaitStragglers() {
        try {
            ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            long missing = started.get() - finished.get();
            throw new IllegalStateException(
                    missing + " of " + started + " events were not answered within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(reason(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        String message = cause == null ? null : cause.getMessage();
        return message == null ? failure.toString() : message;
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }

    long finished() {
        return finished.get();
    }

    Sample sample(long delivered, double cpuSeconds) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return new Sample(finished(), delivered, seconds, cpuSeconds);
    }

    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }
}
