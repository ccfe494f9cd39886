package io.berth.script.host;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/// Stops a call that takes more processor time than it may: first its context, which most scripts obey, then
/// the process, because some of the engine's own loops (`Array.from({length: 1e9})`) look at nothing until
/// they are done.
final class CpuWatch {
    /// What the process ends with when a script did not obey.
    static final int EXIT = 70;

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();

    /// A call may wait for a busy machine or for the collector, but not for ever.
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long limitNanos;
    private final Thread watched;
    private long calls;
    private final AtomicReference<@Nullable Watched> current = new AtomicReference<>();

    /// Of the calling thread.
    CpuWatch(Duration limit) {
        this.limitNanos = limit.toNanos();
        this.watched = Thread.currentThread();
        Thread.ofPlatform().daemon().name("cpu-watch").start(this::watch);
    }

    /// @param stopped set once the context is being closed under the call
    private record Watched(long number, Context context, long cpu, long wall, boolean stopped) {
        Watched stop() {
            return new Watched(number, context, cpu, wall, true);
        }
    }

    void begin(Context context) {
        current.set(new Watched(++calls, context, cpu(), System.nanoTime(), false));
    }

    /// Whether the call was let to its end: else its context is closed, or about to be.
    boolean end() {
        Watched call = current.getAndSet(null);
        return call != null && !call.stopped();
    }

    /// Processor time of the watched thread so far.
    long cpu() {
        return threads.getThreadCpuTime(watched.threadId());
    }

    private void watch() {
        while (true) {
            LockSupport.parkNanos(LOOK.toNanos());
            Watched call = current.get();
            if (call != null && isOver(call, 0) && current.compareAndSet(call, call.stop())) {
                Thread.ofPlatform().daemon().start(() -> call.context().close(true));
                waitForEnd(call);
            }
        }
    }

    private void waitForEnd(Watched call) {
        while (true) {
            Watched now = current.get();
            if (now == null || now.number() != call.number()) {
                return;
            }
            if (isOver(call, GRACE_NANOS)) {
                Runtime.getRuntime().halt(EXIT);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean isOver(Watched call, long graceNanos) {
        return cpu() - call.cpu() > limitNanos + graceNanos
                || System.nanoTime() - call.wall() > PATIENCE_NANOS + graceNanos;
    }
}
