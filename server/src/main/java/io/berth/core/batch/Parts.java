package io.berth.core.batch;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceSnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Does the next part of a batch and notes what became of it.
final class Parts {
    /// Targets of one part for each that is worked on at once: few enough that progress shows.
    private static final int TARGETS_FOR_EACH = 8;

    private final BatchStore store;
    private final Registrations registrations;
    private final Steps steps;
    private final DeviceDirectory directory;
    private final BatchLimits limits;
    private final InstantSource clock;
    private final Pace registered;
    private final Pace acted;

    Parts(BatchStore store, Registrations registrations, Batches.Ways ways, BatchLimits limits, InstantSource clock) {
        this.store = store;
        this.registrations = registrations;
        this.steps = ways.steps();
        this.directory = ways.directory();
        this.limits = limits;
        this.clock = clock;
        this.registered = new Pace(limits.registeredPerSecond(), clock);
        this.acted = new Pace(limits.perSecond(), clock);
    }

    /// False when there is nothing to do at present.
    ///
    /// @param goesOn false once no more targets are to be begun
    boolean next(Batch batch, BooleanSupplier goesOn) throws InterruptedException {
        if (batch.kind() == Kind.GENERATE
                && batch.progress().next() < NameSeries.of(batch).count()) {
            registered.take(limits.chunk());
            registrations.generate(batch, limits.chunk());
            return true;
        }
        int most = batch.kind().registers() ? limits.chunk() : limits.parallel() * TARGETS_FOR_EACH;
        List<Target> targets = store.take(batch.id(), clock.instant(), most);
        if (targets.isEmpty()) {
            return false;
        }
        if (batch.kind().registers()) {
            registered.take(targets.size());
            registrations.register(batch, targets);
        } else {
            store.settle(batch.id(), act(batch, targets, goesOn));
        }
        return true;
    }

    private List<Target> act(Batch batch, List<Target> targets, BooleanSupplier goesOn) throws InterruptedException {
        Step step = steps.of(batch.kind(), new Document(batch.document()));
        Semaphore free = new Semaphore(limits.parallel());
        List<Future<Target>> attempts = new ArrayList<>(targets.size());
        List<Target> settled = new ArrayList<>(targets.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Target target : targets) {
                if (!goesOn.getAsBoolean()) {
                    settled.add(target);
                    continue;
                }
                acted.take(1);
                free.acquire();
                attempts.add(threads.submit(() -> {
                    try {
                        return attempt(batch, step, target);
                    } finally {
                        free.release();
                    }
                }));
            }
        }
        for (Future<Target> attempt : attempts) {
            settled.add(result(attempt));
        }
        return settled;
    }

    private Target attempt(Batch batch, Step step, Target target) throws InterruptedException {
        try {
            DeviceSnapshot device = directory
                    .await(target.device())
                    .filter(found -> batch.scope().covers(found.product()))
                    .orElseThrow(() ->
                            new ProblemException(Problem.DEVICE_NOT_FOUND, "no device \"" + target.name() + "\""));
            return target.done(step.on(device, target.input()));
        } catch (ProblemException e) {
            return failed(batch, target, e);
        }
    }

    private Target failed(Batch batch, Target target, ProblemException e) {
        boolean begun = target.state() == Target.State.RUNNING;
        if (begun && batch.kind() == Kind.DELETE && e.problem() == Problem.DEVICE_NOT_FOUND) {
            return target.done(Value.Fields.NONE); // deleted just before the server was killed
        }
        Target failed = target.failed(e.problem(), e.detail());
        return failed.attempts() <= batch.policy().retries()
                ? failed.retriedAt(clock.instant().plus(batch.policy().retryInterval()))
                : failed;
    }

    private static Target result(Future<Target> attempt) throws InterruptedException {
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
        }
    }
}
