package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batch.Progress;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.Batch.State;
import io.berth.core.batch.Batch.Times;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.caller.Rights;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Long jobs over many devices, as whoever wants them sees them; [BatchRunner] does them. Blocking; any thread.
public final class Batches {
    /// spec huawei-iotda 7.10
    private static final Duration FARTHEST_SCHEDULE = Duration.ofDays(7);

    private static final Set<State> NOT_RETRIED = EnumSet.of(State.READING, State.PREPARED, State.STOPPING);
    private static final Set<State> NOT_DELETED = EnumSet.of(State.READING, State.RUNNING, State.STOPPING);

    private final BatchStore store;
    private final Products products;
    private final Devices devices;
    private final Registrations registrations;
    private final BatchRunner runner;
    private final BatchLimits limits;
    private final InstantSource clock;
    private final BatchIds ids;

    public Batches(BatchStore store, Ways ways, BatchLimits limits, InstantSource clock) {
        this.store = store;
        this.products = ways.products();
        this.devices = ways.devices();
        this.registrations = new Registrations(store, ways.devices(), ways.products());
        this.runner = new BatchRunner(
                store, new Parts(store, registrations, ways, limits, clock), ways.news(), limits, clock);
        this.limits = limits;
        this.clock = clock;
        this.ids = new BatchIds(clock);
    }

    /// What batches reach the platform by.
    public record Ways(Products products, Devices devices, DeviceDirectory directory, Steps steps, BatchNews news) {}

    /// A batch to create; its targets are numbered as they come.
    public record Draft(
            Kind kind, String name, Scope scope, Value.Fields document, Policy policy, List<Target> targets) {
        public Draft {
            targets = List.copyOf(targets);
        }
    }

    /// Registers this many devices under made up names. PRODUCT_NOT_FOUND, INVALID_ARGUMENT, LIMIT_REACHED.
    ///
    /// @param prefix of their names, null for one that no other batch has
    public Batch generate(String name, Scope scope, long count, @Nullable String prefix) {
        require(count > 0, "a batch has at least one device");
        demandRoom(count, limits.maxGenerated());
        Product product = products.get(Optional.ofNullable(scope.product()).orElse(""));
        if (count > devices.room(product.key())) {
            throw DeviceStore.productFull(product.key());
        }
        return insert(List.of(), id -> {
            NameSeries names = NameSeries.of(id, count, prefix);
            names.check(product);
            Draft draft = new Draft(Kind.GENERATE, name, scope, names.document(), Policy.AT_ONCE, List.of());
            return batch(id, draft, State.WAITING, new Progress(count, 0, 0, 0));
        });
    }

    /// Does this as soon as it is due; targets that have failed already stay so. INVALID_ARGUMENT,
    /// LIMIT_REACHED.
    public Batch create(Draft draft) {
        Document document = new Document(draft.document());
        draft.targets().stream()
                .filter(target -> target.state() != Target.State.FAILED)
                .forEach(target -> Steps.check(draft.kind(), document.with(target.input())));
        return insert(draft, draft.targets(), State.WAITING);
    }

    /// Looks at a registration without beginning it: targets that could not be registered have failed. It
    /// begins with [#start].
    public Batch prepare(Draft draft) {
        require(draft.kind() == Kind.REGISTER, "only a registration is prepared");
        return insert(draft, registrations.examination(draft.scope()).of(draft.targets()), State.PREPARED);
    }

    /// Does this to the devices of a list of any length, which is kept while it is read; a registration looks
    /// at each of them first. INVALID_ARGUMENT, LIMIT_REACHED; then nothing is kept.
    ///
    /// @param draft without targets
    /// @param then WAITING, or PREPARED for what begins with [#start]
    public Batch gather(Draft draft, TargetSource source, State then) {
        boolean registers = draft.kind() == Kind.REGISTER;
        require(registers || then == State.WAITING, "only a registration is prepared");
        Steps.check(draft.kind(), new Document(draft.document()));
        Batch batch = insert(List.of(), id -> {
            runner.reads(id);
            return batch(id, draft, State.READING, new Progress(0, 0, 0, 0));
        });
        boolean read = false;
        try {
            UnaryOperator<List<Target>> look =
                    registers ? registrations.examination(draft.scope())::of : UnaryOperator.identity();
            Gathering gathering = new Gathering(store, batch.id(), look, limits);
            source.into(gathering);
            gathering.end();
            read = store.move(batch.id(), EnumSet.of(State.READING), then, clock.instant());
        } finally {
            if (!read) {
                store.delete(batch.id());
            }
            runner.hasRead(batch.id());
        }
        runner.startDue();
        return get(batch.id());
    }

    /// Begins a batch that was prepared; one that began already is left as it is.
    public Batch start(BatchId id) {
        store.move(id, EnumSet.of(State.PREPARED), State.WAITING, clock.instant());
        runner.startDue();
        return get(id);
    }

    /// What there is for a caller.
    public BatchReach of(Rights rights) {
        return new BatchReach(this, rights);
    }

    public BatchLimits limits() {
        return limits;
    }

    /// Gathers targets for a batch.
    public Targets targets() {
        return new Targets(limits.maxTargets());
    }

    /// NOT_FOUND.
    public Batch get(BatchId id) {
        return store.find(id).orElseThrow(() -> BatchId.notFound(id.toString()));
    }

    /// The newest first.
    public Page<Batch> list(Filter filter, Page.Request page) {
        return store.list(filter, page);
    }

    public long count(Filter filter) {
        return store.count(filter);
    }

    /// By place. Of a registration with made up names only those that failed.
    public Page<Target> targets(BatchId id, TargetFilter filter, Page.Request page) {
        get(id);
        return store.targets(id, filter, page);
    }

    public long countTargets(BatchId id, TargetFilter filter) {
        return store.countTargets(id, filter);
    }

    /// Visits the devices of a registration one by one, however many there are: whoever hands out what they
    /// were given (triples, certificates) begins here.
    public void eachRegistered(BatchId id, Consumer<Device> visitor) {
        Page.each(request -> registered(id, request), visitor);
    }

    /// Devices that a registration made, or that were given new secrets, and that still are there.
    public List<Device> registered(BatchId id, long offset, int most) {
        Batch batch = get(id);
        require(batch.kind().makesSecrets(), "batch " + id + " registers no devices");
        return store.registered(batch, offset, most);
    }

    /// The same by pages; a page may hold fewer than its limit where devices were deleted.
    public Page<Device> registered(BatchId id, Page.Request page) {
        long offset = page.cursor().map(Batches::offset).orElse(0L);
        List<Device> found = registered(id, offset, page.limit());
        long next = offset + page.limit();
        return new Page<>(found, next < get(id).progress().places() ? Long.toString(next) : null);
    }

    /// Ends it as soon as what is under way is over. VERSION_CONFLICT when it is over already.
    public Batch stop(BatchId id) {
        get(id);
        if (!store.move(
                id, EnumSet.of(State.PREPARED, State.WAITING, State.RUNNING), State.STOPPING, clock.instant())) {
            throw conflict(get(id), "is not stopped");
        }
        runner.startDue();
        return get(id);
    }

    /// Stops these targets unless they were begun; those it was done with.
    public List<Target> stop(BatchId id, Collection<String> targets) {
        get(id);
        return store.stop(id, targets);
    }

    /// Tries targets again that failed or were stopped, all of them when none is named. VERSION_CONFLICT
    /// while it is stopping.
    public List<Target> retry(BatchId id, Collection<String> targets) {
        Batch batch = get(id);
        if (NOT_RETRIED.contains(batch.state())) {
            throw conflict(batch, "is not retried");
        }
        List<Target> retried = store.retry(id, targets, clock.instant());
        runner.startDue();
        return retried;
    }

    /// VERSION_CONFLICT while it runs. Devices it registered stay.
    public void delete(BatchId id) {
        Batch batch = get(id);
        boolean begins = !batch.state().isOver() && runner.isRunning(id);
        if (NOT_DELETED.contains(batch.state()) || begins) {
            throw conflict(batch, "is not deleted; stop it first");
        }
        store.delete(id);
    }

    /// Forgets batches that are over for long.
    public void purge() {
        store.purge(clock.instant().minus(limits.kept()));
    }

    public BatchRunner runner() {
        return runner;
    }

    private Batch insert(Draft draft, List<Target> targets, State state) {
        require(draft.kind() != Kind.GENERATE, "made up names have no targets");
        require(!targets.isEmpty(), "a batch has at least one target");
        demandRoom(targets.size(), limits.maxTargets());
        long failed = targets.stream()
                .filter(target -> target.state() == Target.State.FAILED)
                .count();
        return insert(targets, id -> batch(id, draft, state, new Progress(targets.size(), 0, failed, 0)));
    }

    private Batch insert(List<Target> targets, Function<BatchId, Batch> made) {
        if (store.open() >= limits.maxOpen()) {
            throw new ProblemException(Problem.LIMIT_REACHED, limits.maxOpen() + " batches are not over yet");
        }
        Batch batch = made.apply(ids.next());
        while (!store.insert(batch, targets)) {
            batch = made.apply(ids.next());
        }
        runner.startDue();
        return get(batch.id());
    }

    private Batch batch(BatchId id, Draft draft, State state, Progress progress) {
        Instant now = clock.instant();
        Instant schedule = draft.policy().schedule();
        require(
                schedule == null || !schedule.isAfter(now.plus(FARTHEST_SCHEDULE)),
                "a batch begins within " + FARTHEST_SCHEDULE.toDays() + " days");
        Times times = new Times(now, schedule == null || schedule.isBefore(now) ? now : schedule, null, null);
        return new Batch(
                id,
                draft.kind(),
                draft.name(),
                draft.scope(),
                draft.document(),
                draft.policy(),
                state,
                progress,
                times,
                "");
    }

    private static long offset(String cursor) {
        require(cursor.matches("[0-9]{1,18}"), "\"" + cursor + "\" is no cursor of this list");
        return Long.parseLong(cursor);
    }

    private static void demandRoom(long count, int most) {
        if (count > most) {
            throw new ProblemException(Problem.LIMIT_REACHED, "a batch has at most " + most + " devices");
        }
    }

    private static ProblemException conflict(Batch batch, String what) {
        return new ProblemException(
                Problem.VERSION_CONFLICT,
                "batch " + batch.id() + " is "
                        + batch.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " and " + what);
    }
}
