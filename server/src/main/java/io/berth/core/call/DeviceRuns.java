package io.berth.core.call;

import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Work for devices that may block, on virtual threads: of one device one run at a time, and however often it
/// is asked for meanwhile, one more run follows. Any thread; asking never blocks.
public final class DeviceRuns {
    private final String name;
    private final Consumer<DeviceId> work;
    private final ConcurrentHashMap<DeviceId, Run> runs = new ConcurrentHashMap<>();

    public DeviceRuns(String name, Consumer<DeviceId> work) {
        this.name = name;
        this.work = work;
    }

    /// @param next what was asked for while it ran already
    private record Run(CompletableFuture<Void> done, CompletableFuture<Void> next, boolean again) {
        static Run first() {
            return new Run(new CompletableFuture<>(), new CompletableFuture<>(), false);
        }
    }

    /// Completes after a run that began after this call.
    public CompletableFuture<Void> ask(DeviceId device) {
        boolean[] begins = {false};
        Run run = runs.compute(device, (_, running) -> {
            begins[0] = running == null;
            return running == null ? Run.first() : new Run(running.done(), running.next(), true);
        });
        if (begins[0]) {
            Thread.ofVirtual().name(name).start(() -> run(device, run));
            return run.done();
        }
        return run.next();
    }

    public boolean isRunning(DeviceId device) {
        return runs.containsKey(device);
    }

    private void run(DeviceId device, Run first) {
        for (Run run = first; run != null; ) {
            try {
                work.accept(device);
                run.done().complete(null);
            } catch (RuntimeException e) {
                run.done().completeExceptionally(e);
                Throwable cause = e instanceof CompletionException ? e.getCause() : e;
                if (!(cause instanceof ProblemException)) { // a store that fails has said so itself
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                }
            }
            run = runs.computeIfPresent(
                    device, (_, now) -> now.again() ? new Run(now.next(), new CompletableFuture<>(), false) : null);
        }
    }
}
