package io.berth.core.batch;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.batch.Batch.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Works through batches, each on a thread of its own: one of each kind at a time, the oldest first, so that
/// a long registration does not keep an urgent freeze waiting. Far from event loops; any thread may call.
///
/// A batch is done in parts, and what became of a part is durable before the next begins. What the server was
/// killed in the middle of is done again: registrations exactly once, everything else at least once for each
/// target.
public final class BatchRunner implements AutoCloseable {
    private static final Duration REST_AFTER_FAULT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<State> TO_RUN = EnumSet.of(State.WAITING, State.RUNNING);

    private final BatchStore store;
    private final Parts parts;
    private final BatchNews news;
    private final BatchLimits limits;
    private final InstantSource clock;
    private final Map<Batch.Kind, Run> running = new ConcurrentHashMap<>();
    private final Set<BatchId> reading = ConcurrentHashMap.newKeySet();
    private volatile Instant restsUntil = Instant.MIN;
    private volatile boolean closed;

    BatchRunner(BatchStore store, Parts parts, BatchNews news, BatchLimits limits, InstantSource clock) {
        this.store = store;
        this.parts = parts;
        this.news = news;
        this.limits = limits;
        this.clock = clock;
    }

    private record Run(BatchId id, Thread thread) {}

    /// Begins what is due and may begin now. To be called every second or so, and when there is something new.
    public synchronized void startDue() {
        Instant now = clock.instant();
        if (closed || now.isBefore(restsUntil)) {
            return;
        }
        for (Batch left : store.in(State.READING)) {
            if (!reading.contains(left.id())) {
                store.giveUp(left.id(), "its list was not read to the end", now);
                tell(left.id());
            }
        }
        for (Batch stopping : store.in(State.STOPPING)) {
            if (!isRunning(stopping.id())) {
                store.stopped(stopping.id(), now);
                tell(stopping.id());
            }
        }
        for (Batch due : store.due(now)) {
            if (running.size() < limits.maxRunning() && !running.containsKey(due.kind())) {
                start(due);
            }
        }
    }

    /// The list of this batch is being read: it is not one that a crash left behind.
    void reads(BatchId id) {
        reading.add(id);
    }

    void hasRead(BatchId id) {
        reading.remove(id);
    }

    boolean isRunning(BatchId id) {
        return running.values().stream().anyMatch(run -> run.id().equals(id));
    }

    /// Batches that are being worked on.
    public int running() {
        return running.size();
    }

    /// What runs may finish its part; the rest is left for the next start.
    @Override
    public void close() {
        synchronized (this) { // what begins at this moment is among those that run
            closed = true;
        }
        for (Run run : List.copyOf(running.values())) {
            try {
                if (!run.thread().join(PATIENCE)) {
                    run.thread().interrupt();
                    run.thread().join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void start(Batch batch) {
        Thread thread = Thread.ofVirtual().name("batch-" + batch.id()).unstarted(() -> run(batch));
        running.put(batch.kind(), new Run(batch.id(), thread));
        thread.start();
    }

    private void run(Batch batch) {
        try {
            runAlone(batch);
            startDue(); // what waited for a batch of its kind to end
        } catch (InterruptedException _) {
            // the server stops; the batch goes on when it starts again
        } catch (ProblemException _) {
            restsUntil = clock.instant().plus(REST_AFTER_FAULT); // the store is away, and said so in the log
        }
    }

    private void runAlone(Batch batch) throws InterruptedException {
        try {
            if (store.move(batch.id(), TO_RUN, State.RUNNING, clock.instant())) {
                tell(batch.id());
                work(batch.id());
            }
        } finally {
            running.remove(batch.kind());
        }
    }

    private void work(BatchId id) throws InterruptedException {
        BooleanSupplier goesOn = () -> !closed;
        while (goesOn.getAsBoolean()) {
            Batch batch = store.find(id).orElseThrow(() -> BatchId.notFound(id.toString()));
            if (batch.state() == State.STOPPING) {
                store.stopped(id, clock.instant());
                tell(id);
            }
            if (batch.state() != State.RUNNING) {
                return;
            }
            try {
                if (!parts.next(batch, goesOn)) {
                    store.rest(id, clock.instant());
                    tell(id);
                    return;
                }
            } catch (ProblemException e) {
                if (isPassing(e.problem())) {
                    throw e;
                }
                store.giveUp(id, e.detail(), clock.instant());
                tell(id);
                return;
            }
        }
    }

    private void tell(BatchId id) {
        store.find(id).ifPresent(news::tell);
    }

    private static boolean isPassing(Problem problem) {
        return problem == Problem.STORAGE_UNAVAILABLE || problem == Problem.OVERLOADED;
    }
}
