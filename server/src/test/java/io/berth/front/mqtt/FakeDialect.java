package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.CloseCause;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.Branches;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.KnownDevices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttEnrolment;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.PskClaim;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A vendor that never was: the user name is the device, the password is `right` (`tolerated` is counted
/// apart). Devices publish on `up/…`, ask on `ask`, are not understood on `junk`, and may subscribe anything
/// but `forbidden/…`. What goes to `system/…` reaches them unasked; the name of a command is its topic, and
/// `scripted/…` takes a script.
///
/// A client id `enrol` asks for credentials: the password says whether they are `granted`, refused when it is
/// looked into (`forged`) or when they would be made (`late`), or whether that breaks (`broken`).
///
/// `look` takes a look-up that lasts until the test says so, `fail` one that fails. By `enter/NAME` and
/// `leave/NAME` a device behind this one comes and goes; its own topics begin with `child/NAME/`.
final class FakeDialect implements MqttDialect {
    final List<MqttConnect> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger routed = new AtomicInteger();
    final AtomicInteger enrolled = new AtomicInteger();
    /// What attaching came to, by name, as it came.
    final List<String> entered = new CopyOnWriteArrayList<>();
    /// Every look-up and every `enter` takes one of these.
    final Semaphore looks = new Semaphore(0);

    /// A script runs as soon as it gets a permit.
    final Semaphore scripts = new Semaphore(0);

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public MqttLogin read(MqttConnect connect) {
        seen.add(connect);
        String name = connect.username();
        if (name == null || !DeviceId.isValid("p", name)) {
            return new MqttLogin.NotMine();
        }
        DeviceId id = new DeviceId("p", name);
        return connect.clientId().equals("enrol") ? new Application(this, connect, id) : new Claim(this, connect, id);
    }

    private record Application(FakeDialect dialect, MqttConnect connect, DeviceId device)
            implements MqttLogin.Application {
        @Override
        public Map<String, String> fields() {
            return Map.of("name", device.name());
        }

        @Override
        public Optional<MqttVerdict.Refused> objection() {
            return password().equals("forged")
                    ? Optional.of(refused(ConnectAnswer.BAD_CREDENTIALS, LoginFault.WRONG_SIGNATURE))
                    : Optional.empty();
        }

        @Override
        public MqttEnrolment enrol() {
            return switch (password()) {
                case "granted" -> {
                    dialect.enrolled.incrementAndGet();
                    yield new MqttEnrolment.Granted(device, List.of(credentials("first"), credentials("second")));
                }
                case "late" -> refused(ConnectAnswer.UNAVAILABLE, LoginFault.TOO_MANY_REGISTRATIONS);
                default -> throw new IllegalStateException("as the test wants");
            };
        }

        private String password() {
            return connect.password() == null ? "" : connect.password().text();
        }

        private static Outgoing.Publish credentials(String topic) {
            return Outgoing.Publish.implicit(topic, Qos.AT_MOST_ONCE, Payload.of("secret"));
        }
    }

    /// `key-of NAME`, which is found in the directory; all devices have the key `right`.
    @Override
    public Optional<PskClaim> psk(String identity) {
        String name = identity.startsWith("key-of ") ? identity.substring(7) : "";
        return DeviceId.isValid("p", name) ? Optional.of(new KeyClaim(new DeviceId("p", name))) : Optional.empty();
    }

    private record KeyClaim(DeviceId id) implements PskClaim {
        @Override
        public DeviceRef device() {
            return new DeviceRef.ById(id);
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("name", id.name());
        }

        @Override
        public Secret key(Optional<DeviceSnapshot> device) {
            return device.map(found -> found.device().secret()).orElseGet(Secret::random);
        }

        @Override
        public LoginFailure failure(Optional<DeviceSnapshot> device) {
            LoginFault fault = device.isEmpty() ? LoginFault.UNKNOWN_DEVICE : LoginFault.WRONG_SIGNATURE;
            return new LoginFailure(ConnectAnswer.BAD_CREDENTIALS, fault, "cause", "fix", null);
        }
    }

    private record Claim(FakeDialect dialect, MqttConnect connect, DeviceId id) implements MqttLogin.Claim {
        @Override
        public DeviceRef device() {
            return new DeviceRef.ById(id);
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("name", id.name());
        }

        @Override
        public MqttVerdict verify(Optional<DeviceSnapshot> device) {
            Payload password = connect.password();
            if (device.isPresent() && password != null && password.text().equals("right")) {
                return new MqttVerdict.Accepted(device.get(), new Wire(dialect, ""));
            }
            if (device.isPresent() && password != null && password.text().equals("tolerated")) {
                return new MqttVerdict.Accepted(device.get(), new Wire(dialect, ""), "accepted-in-clear");
            }
            if (device.isPresent() && password != null && password.text().equals("frozen")) {
                return refused(ConnectAnswer.NOT_AUTHORISED, LoginFault.DEVICE_DISABLED);
            }
            return refused(ConnectAnswer.BAD_CREDENTIALS, LoginFault.WRONG_SIGNATURE);
        }
    }

    private static MqttVerdict.Refused refused(ConnectAnswer answer, LoginFault fault) {
        return new MqttVerdict.Refused(new LoginFailure(answer, fault, "cause", "fix", null));
    }

    private static final class Wire implements MqttWire {
        private final FakeDialect dialect;
        private final String root;
        private Branches branches = Branches.NONE;

        /// @param root what the device's topics begin with
        Wire(FakeDialect dialect, String root) {
            this.dialect = dialect;
            this.root = root;
        }

        @Override
        public void opened(Branches opened) {
            branches = opened;
        }

        @Override
        public Route route(String topic) {
            dialect.routed.incrementAndGet();
            String[] levels = topic.split("/", 3);
            if (root.isEmpty() && levels.length == 3 && levels[0].equals("child")) {
                DeviceId child = new DeviceId("p", levels[1]);
                MqttWire wire = branches.wire(child);
                return wire != null && wire.route(topic) instanceof Route.Reader reader
                        ? new Route.Through(child, reader)
                        : new Route.Refused("child unknown");
            }
            String own = topic.substring(root.length());
            Route.Reader reader = switch (own) {
                case "ask" -> (payload, _) -> new Reading.Answered(reply(root + "answer", payload));
                case "junk" -> (_, _) -> new Reading.Dropped("not understood", null);
                case "look" ->
                    (payload, qos) -> new Reading.Later(() -> {
                        dialect.looks.acquireUninterruptibly();
                        return new Reading.Accepted(new Uplink.Message(topic, qos, payload), null);
                    });
                case "fail" ->
                    (_, _) -> new Reading.Later(() -> {
                        throw new IllegalStateException("as the test wants");
                    });
                case "up/echo" ->
                    (payload, qos) -> new Reading.Accepted(
                            new Uplink.Message(topic, qos, payload), reply(root + "echo", payload));
                default -> accepting(topic, own);
            };
            boolean isOwn = own.startsWith("up/")
                    || List.of("ask", "junk", "look", "fail", "enter", "leave").contains(own.split("/", 2)[0]);
            return isOwn ? reader : new Route.Refused("foreign topic");
        }

        private Route.Reader accepting(String topic, String own) {
            String name = own.substring(own.indexOf('/') + 1);
            if (own.startsWith("enter/")) {
                return (payload, _) -> new Reading.Later(() -> enter(name, payload));
            }
            if (own.startsWith("leave/")) {
                return (payload, _) -> new Reading.Later(() -> {
                    branches.detach(new DeviceId("p", name), CloseCause.DISCONNECTED);
                    return new Reading.Answered(reply("left", payload));
                });
            }
            return (payload, qos) -> new Reading.Accepted(new Uplink.Message(topic, qos, payload), null);
        }

        private Reading enter(String name, Payload payload) {
            dialect.looks.acquireUninterruptibly();
            boolean attached = branches.attach(
                    KnownDevices.snapshot("p", name, "p_" + name, "secret"), new Wire(dialect, "child/" + name + "/"));
            dialect.entered.add(name + " " + attached);
            return new Reading.Answered(reply("entered", payload));
        }

        private static Outgoing.Publish reply(String topic, Payload payload) {
            return Outgoing.Publish.implicit(topic, Qos.AT_MOST_ONCE, payload);
        }

        @Override
        public @Nullable DeviceId childOf(TopicFilter filter) {
            String[] levels = filter.text().split("/", 3);
            return levels[0].equals("child") ? new DeviceId("p", levels[1]) : null;
        }

        @Override
        public boolean maySubscribe(TopicFilter filter) {
            return !filter.text().startsWith("forbidden");
        }

        @Override
        public Outgoing write(Downlink downlink) {
            return switch (downlink) {
                case Downlink.Message message
                when message.topic().startsWith("system/") ->
                    Outgoing.Publish.implicit(message.topic(), message.qos(), message.payload())
                            .with(message.beside());
                case Downlink.Message message ->
                    Outgoing.Publish.subscribed(message.topic(), message.qos(), message.payload())
                            .with(message.beside());
                case Downlink.Command command
                when command.service().startsWith("scripted/") ->
                    new Outgoing.Later(() -> {
                        dialect.scripts.acquireUninterruptibly();
                        return Outgoing.Publish.implicit(command.service(), command.qos(), Payload.of("y"));
                    });
                case Downlink.Command command ->
                    Outgoing.Publish.subscribed(command.service(), command.qos(), Payload.of("x"));
                case Downlink.SystemDownlink _, Downlink.Broadcast _ ->
                    new Outgoing.Refused(Problem.UNSUPPORTED, "this wire carries messages and commands only");
            };
        }
    }
}
