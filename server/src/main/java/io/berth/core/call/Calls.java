package io.berth.core.call;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore;
import io.berth.core.message.CallState;
import io.berth.core.message.Uplink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What applications ask of devices: properties to set or read, services to call. Blocking but for what it
/// hears of sessions and answers; any thread.
///
/// A call is kept before it is sent and after each step, so whoever looks sees how far it got, and an answer
/// finds its call after a restart too.
public final class Calls implements Uplinks.LateReplies, Sessions.PresenceListener {
    /// Writing to a connection is a matter of milliseconds; beyond this something is stuck.
    private static final Duration FIRST_STATE = Duration.ofSeconds(10);

    private static final int SWEPT_AT_ONCE = 500;

    private final CallStore store;
    private final Ways ways;
    private final Limits limits;
    private final InstantSource clock;
    private final Transmission transmission;
    private final WaitingCalls waiting;
    private final Answers answers;
    private final CallIds ids;
    private final ConcurrentHashMap<DeviceId, Integer> awaited = new ConcurrentHashMap<>();

    public Calls(CallStore store, Ways ways, Limits limits, InstantSource clock) {
        this.store = store;
        this.ways = ways;
        this.limits = limits;
        this.clock = clock;
        this.transmission = new Transmission(store, ways.downlinks(), ways.requests(), clock);
        this.waiting = new WaitingCalls(store, transmission, ways.sessions(), limits.maxQueued(), clock);
        this.answers = new Answers(store, transmission, ways.directory(), ways.sessions(), ways.traffic());
        this.ids = new CallIds(clock);
    }

    /// How devices are found and reached, and who counts what came for nothing.
    public record Ways(
            DeviceDirectory directory, Sessions sessions, Requests requests, Downlinks downlinks, Traffic traffic) {}

    /// @param maxQueued calls that wait for one device
    /// @param maxAwaited callers that wait for one device at once
    /// @param maxInputBytes of one call
    /// @param kept how long a call is kept after its end
    /// @param keptPerDevice how many calls are kept of one device
    public record Limits(int maxQueued, int maxAwaited, int maxInputBytes, Duration kept, int keptPerDevice) {
        /// The first and the third are of spec huawei-iotda 7.4.
        public static final Limits DEFAULT = new Limits(20, 8, 32 * 1024, Duration.ofDays(7), 100);

        public Limits {
            ProblemException.require(maxQueued >= 1 && maxQueued <= 1000, "max-queued is 1 to 1000");
            ProblemException.require(maxAwaited >= 1, "max-awaited is at least 1");
            ProblemException.require(maxInputBytes >= 1024, "max-input-bytes is at least 1024");
            ProblemException.require(!kept.isNegative(), "kept is a span of time");
            ProblemException.require(keptPerDevice >= maxQueued, "kept-per-device is at least max-queued");
        }

        private CallStore.Bounds bounds() {
            return new CallStore.Bounds(maxQueued, keptPerDevice);
        }
    }

    /// What the last run of the server left behind: callers that waited are gone, queued calls still wait.
    public void recover() {
        Instant now = clock.instant();
        CompletableFuture<?>[] ended = store.awaited(Integer.MAX_VALUE).stream()
                .map(call -> store.change(call.device(), call.id(), open -> open.orphaned(now))
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ended).join();
        waiting.load();
    }

    /// Makes the call. Where the caller waits, the answered call comes back, or as far as it got; else the
    /// call as it was sent or queued. Nothing is kept of a call that is refused: DEVICE_NOT_FOUND,
    /// DEVICE_DISABLED, DEVICE_OFFLINE, MODEL_NOT_FOUND, VALUE_INVALID, INVALID_ARGUMENT, LIMIT_REACHED.
    public Call call(Wanted wanted) throws InterruptedException {
        DeviceSnapshot device = reachable(wanted.device());
        Admission admission = new Admission(device.product().model());
        Value.Fields input = admission.input(wanted, limits.maxInputBytes());
        boolean sync = admission.isSync(wanted);
        ProblemException.require(
                !sync || wanted.keepFor().isZero(), "a call whose caller waits is not kept for an absent device");
        Call call = created(wanted, input, sync);
        if (call.terms().keeps()) {
            return keep(call.queued());
        }
        if (!ways.sessions().isAttached(call.device())) {
            throw new ProblemException(Problem.DEVICE_OFFLINE, call.device() + " is not online");
        }
        return sync ? ask(call, admission) : send(call);
    }

    /// NOT_FOUND.
    public Call get(DeviceId device, String id) {
        return store.find(device, id).orElseThrow(() -> notFound(id));
    }

    public static ProblemException notFound(String id) {
        return new ProblemException(Problem.NOT_FOUND, "the device has no call " + id);
    }

    /// Newest first. DEVICE_NOT_FOUND.
    public Page<Call> list(DeviceId device, Page.Request page) throws InterruptedException {
        known(device);
        return store.list(device, page);
    }

    /// Withdraws a call that was not sent. NOT_FOUND; VERSION_CONFLICT when it is too late.
    public Call cancel(DeviceId device, String id) throws InterruptedException {
        Instant now = clock.instant();
        Optional<Call> cancelled = await(store.change(device, id, call -> {
            if (call.state() != CallState.QUEUED) {
                throw tooLate(call);
            }
            return call.cancelled(now);
        }));
        return cancelled.orElseThrow(() -> tooLate(get(device, id)));
    }

    /// Ends the calls whose time is over. To be called every second or so.
    public void giveUpOverdue() {
        Instant now = clock.instant();
        for (Call late : store.overdue(now, SWEPT_AT_ONCE)) {
            store.change(late.device(), late.id(), call -> call.isOverdue(now) ? call.givenUp(now) : call);
        }
    }

    /// Forgets calls that are over for long.
    public void purge() {
        store.purge(clock.instant().minus(limits.kept()));
    }

    @Override
    public void seen(Session session) {
        waiting.canHear(session.device());
    }

    @Override
    public void subscribed(Session session) {
        waiting.canHear(session.device());
    }

    @Override
    public void ended(Session session, CloseCause cause) {
        // whoever leaves is told nothing
    }

    @Override
    public void replied(Session session, Uplink.Reply reply, Completion kept) {
        answers.replied(session, reply, kept);
    }

    private Call ask(Call call, Admission admission) throws InterruptedException {
        enter(call.device());
        try {
            await(store.add(call, limits.bounds()));
            return await(transmission.ask(call, admission)).orElseGet(() -> get(call.device(), call.id()));
        } finally {
            leave(call.device());
        }
    }

    private Call send(Call call) throws InterruptedException {
        await(store.add(call, limits.bounds()));
        CompletionStage<Optional<Call>> sent =
                transmission.send(call, (before, problem, detail) -> before.failed(clock.instant(), problem, detail));
        return settled(sent, call);
    }

    private Call keep(Call call) throws InterruptedException {
        await(store.add(call, limits.bounds()));
        return settled(waiting.added(call.device()), call);
    }

    /// The call as it is once it was tried, or after a while without an outcome.
    private Call settled(CompletionStage<?> tried, Call call) throws InterruptedException {
        try {
            tried.toCompletableFuture().get(FIRST_STATE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // it waits for its turn on a connection that is full
        } catch (ExecutionException e) {
            throw problem(e);
        }
        return get(call.device(), call.id());
    }

    private void enter(DeviceId device) {
        int now = awaited.merge(device, 1, Integer::sum);
        if (now > limits.maxAwaited()) {
            leave(device);
            throw new ProblemException(
                    Problem.LIMIT_REACHED, limits.maxAwaited() + " callers wait for the device already");
        }
    }

    private void leave(DeviceId device) {
        awaited.computeIfPresent(device, (_, count) -> count == 1 ? null : count - 1);
    }

    private Call created(Wanted wanted, Value.Fields input, boolean sync) {
        Instant now = clock.instant();
        Duration most = wanted.timeout().compareTo(wanted.keepFor()) > 0 ? wanted.timeout() : wanted.keepFor();
        return new Call(
                ids.next(),
                wanted.device(),
                wanted.kind(),
                wanted.target(),
                input,
                new Call.Terms(sync, wanted.timeout(), wanted.keepFor()),
                CallState.CREATED,
                transmission.nextRequestId(),
                new Call.Times(now, null, null, null, now.plus(most)),
                Call.Outcome.NONE);
    }

    private DeviceSnapshot reachable(DeviceId id) throws InterruptedException {
        DeviceSnapshot device = known(id);
        if (!device.device().enabled()) {
            throw new ProblemException(Problem.DEVICE_DISABLED, id + " is disabled");
        }
        return device;
    }

    /// DEVICE_NOT_FOUND.
    DeviceSnapshot known(DeviceId id) throws InterruptedException {
        return await(ways.directory().find(new DeviceRef.ById(id))).orElseThrow(() -> DeviceStore.notFound(id));
    }

    private static ProblemException tooLate(Call call) {
        return new ProblemException(
                Problem.VERSION_CONFLICT,
                "call " + call.id() + " was not withdrawn: it is "
                        + call.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw problem(e);
        }
    }

    private static RuntimeException problem(ExecutionException failure) {
        return failure.getCause() instanceof ProblemException problem ? problem : new IllegalStateException(failure);
    }
}
