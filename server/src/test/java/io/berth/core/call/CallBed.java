package io.berth.core.call;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Link;
import io.berth.core.session.Requests;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Things;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.testing.FakeLog;
import io.berth.testing.FakeTraffic;
import io.berth.testing.MemoryCalls;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.MemorySessions;
import io.berth.testing.MemoryThings;
import io.berth.testing.TestClock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A lamp with a model, a bell without, and everything that calls pass through on the way to them.
final class CallBed {
    static final DeviceId LAMP = new DeviceId("lamps", "lamp");
    static final DeviceId OTHER_LAMP = new DeviceId("lamps", "other");
    static final DeviceId BELL = new DeviceId("bells", "bell");

    static final ThingModel MODEL = new ThingModel(List.of(new Module(
            "",
            "",
            "",
            "",
            Module.Presence.MASTER,
            List.of(property("Level", true), property("Watts", false)),
            List.of(),
            List.of(service("blink", Service.CallType.SYNC), service("learn", Service.CallType.ASYNC)))));

    final TestClock clock = new TestClock();
    final MemoryCalls store;
    final MemoryThings state = new MemoryThings();
    final FakeTraffic traffic = new FakeTraffic();
    final FakeLog log = new FakeLog();
    private final Events events = new Events(log, clock);
    final Sessions sessions = new Sessions(events, _ -> {});
    final Requests requests;
    final Calls calls;
    final Wishes wishes;
    final Uplinks uplinks;
    final Devices devices;

    CallBed() {
        this(Calls.Limits.DEFAULT, new MemoryCalls());
    }

    CallBed(Calls.Limits limits, MemoryCalls store) {
        this.store = store;
        MemoryRegistry registry = new MemoryRegistry();
        Products products = new Products(registry.products(), clock, _ -> {});
        devices = new Devices(registry.devices(), products, clock, (_, _) -> {});
        for (DeviceId device : List.of(LAMP, OTHER_LAMP, BELL)) {
            if (registry.products().find(device.product()).isEmpty()) {
                Product product = products.create(new Products.Draft(
                        device.product(),
                        device.product(),
                        null,
                        null,
                        Product.AuthKind.SECRET,
                        Product.NodeType.DIRECT,
                        Product.DataFormat.JSON,
                        false));
                registry.products().update(product.withModel(device.equals(BELL) ? ThingModel.EMPTY : MODEL));
            }
            devices.create(new Devices.Draft(device, new Secret("secret"), null, null));
        }
        Downlinks downlinks = new Downlinks(sessions, new MemorySessions(2));
        requests = new Requests(downlinks, sessions, 100, 100);
        calls = new Calls(
                new FollowedCalls(store, events),
                new Calls.Ways(registry.directory(), sessions, requests, downlinks, traffic),
                limits,
                clock);
        Things things = new Things(state, clock);
        wishes = new Wishes(things, sessions, calls, Set.of("again"), clock);
        uplinks = new Uplinks(events, things, requests, calls);
        sessions.follow(calls);
        sessions.follow(wishes);
        uplinks.follow(wishes);
    }

    /// Calls from a thread of its own; completes as the call does.
    CompletableFuture<Call> calls(Wanted wanted) {
        CompletableFuture<Call> made = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                made.complete(calls.call(wanted));
            } catch (RuntimeException | InterruptedException e) {
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    /// The states that were told of calls, in order.
    List<CallState> told() {
        return log.events.stream()
                .map(Event::fact)
                .filter(Fact.CallProgress.class::isInstance)
                .map(fact -> ((Fact.CallProgress) fact).state())
                .toList();
    }

    /// The newest.
    Call call(DeviceId device) {
        return store.list(device, new Page.Request(null, 1)).items().getFirst();
    }

    /// What a call became, or its problem.
    static Call ended(CompletableFuture<Call> call) {
        try {
            return call.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    static Value.Fields level(long level) {
        return Value.Fields.of("Level", new Value.Whole(level));
    }

    static Answer answer(boolean succeeded, Value.Fields output) {
        return new Answer(succeeded, succeeded ? "200" : "5092", "", output);
    }

    void answers(Session from, String requestId, @Nullable Answer answer) {
        uplinks.accept(from, new Uplink.Reply(requestId, "t", Qos.AT_LEAST_ONCE, Payload.EMPTY, answer), failure -> {});
    }

    private static Property property(String identifier, boolean writable) {
        return new Property(Parameter.of(identifier, new DataType.Int(Bounds.of(0, 100))), true, writable, true);
    }

    private static Service service(String identifier, Service.CallType type) {
        Parameter times = new Parameter("times", "times", "", new DataType.Int(Bounds.of(1, 9)), true, "", "", null);
        return new Service(
                identifier,
                identifier,
                "",
                type,
                false,
                List.of(times),
                "",
                List.of(Parameter.of("done", new DataType.Flag("", ""))));
    }

    static Value.Fields times(long times) {
        return Value.Fields.of("times", new Value.Whole(times));
    }

    /// A device whose end of the link the test holds.
    static final class Held implements Link {
        final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
        final DeviceId device;
        volatile Refusal refusal = Refusal.NONE;

        Held(DeviceId device) {
            this.device = device;
        }

        /// What becomes of each message at once.
        enum Refusal {
            NONE,
            NOT_SUBSCRIBED,
            UNSUPPORTED
        }

        record Sent(Downlink.Ask downlink, Delivery delivery) {}

        Session attach(CallBed bed) {
            return attach(bed, "test", null);
        }

        Session attach(CallBed bed, String dialect, @Nullable DeviceId gateway) {
            Session session = new Session(device, dialect, "192.0.2.1:1", bed.clock.instant(), this, gateway);
            bed.sessions.attach(session);
            return session;
        }

        Sent next() throws InterruptedException {
            Sent next = sent.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within 30 s");
            }
            return next;
        }

        @Override
        public void send(Downlink downlink, Delivery delivery) {
            switch (refusal) {
                case NONE -> sent.add(new Sent((Downlink.Ask) downlink, delivery));
                case NOT_SUBSCRIBED -> delivery.failed(Problem.NOT_SUBSCRIBED, "not subscribed");
                case UNSUPPORTED -> delivery.failed(Problem.UNSUPPORTED, "cannot be told this");
            }
        }

        @Override
        public void close(CloseCause cause) {}
    }
}
