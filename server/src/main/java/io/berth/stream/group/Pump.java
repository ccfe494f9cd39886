package io.berth.stream.group;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Runs steps on a pool, never two at once, until one finds nothing to do; a wake that comes meanwhile makes it
/// look once more. Any thread.
final class Pump {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int AGAIN = 2;

    /// Then the other pumps have the thread.
    private static final int STEPS_IN_A_ROW = 16;

    private final Executor pool;
    private final BooleanSupplier step;
    private final AtomicInteger state = new AtomicInteger(IDLE);

    /// @param step whether anything was done
    Pump(Executor pool, BooleanSupplier step) {
        this.pool = pool;
        this.step = step;
    }

    void wake() {
        if (state.getAndSet(AGAIN) == IDLE) {
            try {
                pool.execute(this::run);
            } catch (RejectedExecutionException _) {
                // the engine is closed: what is not settled is handed out after the next start
            }
        }
    }

    private void run() {
        for (int steps = 0; steps < STEPS_IN_A_ROW; steps++) {
            state.set(RUNNING);
            if (!step.getAsBoolean() && state.compareAndSet(RUNNING, IDLE)) {
                return;
            }
        }
        state.set(IDLE);
        wake();
    }
}
