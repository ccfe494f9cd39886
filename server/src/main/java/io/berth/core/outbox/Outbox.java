package io.berth.core.outbox;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.DeviceRuns;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.outbox.OutboxMessage.State;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Messages;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Messages that applications can ask after, sent in order, the oldest first. Blocking but for what it hears
/// of sessions and deliveries; any thread.
public final class Outbox implements Sessions.PresenceListener, Messages.Keeper {
    private static final int SWEPT_AT_ONCE = 500;

    private final OutboxStore store;
    private final Messages messages;
    private final Sessions sessions;
    private final Limits limits;
    private final InstantSource clock;
    /// So that a login of any other device costs no look into the store.
    private final Set<DeviceId> waiting = ConcurrentHashMap.newKeySet();

    private final DeviceRuns runs = new DeviceRuns("outbox", this::sendAll);

    public Outbox(OutboxStore store, Messages messages, Sessions sessions, Limits limits, InstantSource clock) {
        this.store = store;
        this.messages = messages;
        this.sessions = sessions;
        this.limits = limits;
        this.clock = clock;
    }

    /// @param keptPerDevice how many messages are kept of one device
    public record Limits(int keptPerDevice) {
        /// Of spec huawei-iotda 7.4.
        public static final Limits DEFAULT = new Limits(20);

        public Limits {
            require(keptPerDevice >= 1 && keptPerDevice <= 1_000, "kept-per-device is 1 to 1000");
        }
    }

    /// A message as somebody wants it sent.
    ///
    /// @param keepFor how long it may take until it is delivered; zero for a device that is online now, or not
    /// at all
    public record Draft(DeviceId device, String id, Value.Fields words, Downlink.Message message, Duration keepFor) {}

    /// Devices that the last run of the server left messages for.
    public void load() {
        waiting.addAll(store.waiting());
    }

    /// The message as it is written down; it goes out at once when it can. DEVICE_NOT_FOUND; INVALID_ARGUMENT
    /// when the device has one of this id.
    public OutboxMessage send(Draft draft) {
        Instant now = clock.instant();
        OutboxMessage wanted = new OutboxMessage(
                draft.device(),
                draft.id(),
                draft.words(),
                draft.message(),
                State.WAITING,
                null,
                "",
                now,
                null,
                now.plus(draft.keepFor()));
        boolean isOnline = sessions.isAttached(draft.device());
        OutboxMessage written = isOnline || draft.keepFor().isPositive()
                ? wanted
                : wanted.failed(now, Problem.DEVICE_OFFLINE, draft.device() + " is not online");
        await(store.add(written, limits.keptPerDevice()));
        if (written.problem() != null) {
            messages.failed(known(written), written.problem(), written.detail());
        } else if (!isOnline) {
            messages.kept(known(written));
        }
        if (written.state() == State.WAITING) {
            waiting.add(draft.device());
            canHear(draft.device());
        }
        return written;
    }

    /// NOT_FOUND.
    public OutboxMessage get(DeviceId device, String id) {
        return store.find(device, id)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "the device has no message " + id));
    }

    /// Newest first.
    public List<OutboxMessage> list(DeviceId device) {
        return store.list(device);
    }

    /// Ends the messages whose time is over. To be called every second or so.
    public void giveUpOverdue() {
        Instant now = clock.instant();
        for (OutboxMessage late : store.overdue(now, SWEPT_AT_ONCE)) {
            // what was sent to a device that is online is given up only when its connection is
            if (late.state() == State.WAITING || !sessions.isAttached(late.device())) {
                var _ = store.change(late.device(), late.id(), open -> open.givenUp(now))
                        .thenAccept(over -> over.ifPresent(this::tellGivenUp));
            }
        }
    }

    @Override
    public void seen(Session session) {
        canHear(session.device());
    }

    @Override
    public void subscribed(Session session) {
        canHear(session.device());
    }

    @Override
    public void ended(Session session, CloseCause cause) {
        // whoever leaves is told nothing
    }

    @Override
    public Delivery resumed(DeviceId device, String id) {
        return new Written(device, id, ""); // a look into the store would block
    }

    private void canHear(DeviceId device) {
        if (sessions.isAttached(device) && (waiting.contains(device) || runs.isRunning(device))) {
            var _ = runs.ask(device);
        }
    }

    private void sendAll(DeviceId device) {
        waiting.remove(device); // before the look: what is written down after it counts again
        for (OutboxMessage message : store.list(device).reversed()) {
            if (message.state() != State.WAITING) {
                continue;
            }
            if (!sessions.isAttached(device)) {
                waiting.add(device);
                return;
            }
            // written down as sent before it is: after a crash it is not sent a second time
            Optional<OutboxMessage> ready = await(store.change(device, message.id(), OutboxMessage::sent));
            ready.ifPresent(sent ->
                    messages.send(device, sent.id(), sent.message(), new Written(device, sent.id(), sent.name())));
        }
    }

    private void tellGivenUp(OutboxMessage message) {
        messages.failed(known(message), Problem.TIMED_OUT, message.detail());
    }

    private static Messages.Known known(OutboxMessage message) {
        return new Messages.Known(
                message.device(),
                message.id(),
                message.name(),
                message.message().topic());
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    /// Writes down how far a message gets.
    private final class Written implements Delivery {
        private final DeviceId device;
        private final String id;
        private final String name;

        Written(DeviceId device, String id, String name) {
            this.device = device;
            this.id = id;
            this.name = name;
        }

        @Override
        public String called() {
            return name;
        }

        /// Who is away is told when it comes back.
        @Override
        public boolean isOver(Problem problem) {
            return problem != Problem.DEVICE_OFFLINE && problem != Problem.CONNECTION_LOST;
        }

        @Override
        public String knownAs() {
            return id;
        }

        @Override
        public void reached(DeliveryState state) {
            if (state == DeliveryState.ACKNOWLEDGED) {
                change(message -> message.delivered(clock.instant()));
            }
        }

        @Override
        public void sentUnconfirmed() {
            change(message -> message.delivered(clock.instant()));
        }

        @Override
        public void failed(Problem problem, String detail) {
            if (isOver(problem)) {
                change(message -> message.failed(clock.instant(), problem, detail));
            } else {
                change(OutboxMessage::waiting);
                waiting.add(device);
                canHear(device);
            }
        }

        private void change(UnaryOperator<OutboxMessage> how) {
            var _ = store.change(device, id, how);
        }
    }
}
