package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A vendor that never was: the user name is the device, the password is `right` (`tolerated` is counted
/// apart). Devices publish on `up/…`, ask on `ask`, are not understood on `junk`, and may subscribe anything
/// but `forbidden/…`. What goes to `system/…` reaches them unasked; the name of a command is its topic.
final class FakeDialect implements MqttDialect {
    final List<MqttConnect> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger routed = new AtomicInteger();

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
        return new Claim(connect, new DeviceId("p", name));
    }

    private record Claim(MqttConnect connect, DeviceId id) implements MqttLogin.Claim {
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
                return new MqttVerdict.Accepted(device.get(), new Wire(id));
            }
            if (device.isPresent() && password != null && password.text().equals("tolerated")) {
                return new MqttVerdict.Accepted(device.get(), new Wire(id), "accepted-in-clear");
            }
            if (device.isPresent() && password != null && password.text().equals("frozen")) {
                return refused(ConnectAnswer.NOT_AUTHORISED, LoginFault.DEVICE_DISABLED);
            }
            return refused(ConnectAnswer.BAD_CREDENTIALS, LoginFault.WRONG_SIGNATURE);
        }

        private static MqttVerdict refused(ConnectAnswer answer, LoginFault fault) {
            return new MqttVerdict.Refused(new LoginFailure(answer, fault, "cause", "fix", null));
        }
    }

    private record Wire(DeviceId id) implements MqttWire {
        @Override
        public Route route(String topic) {
            Route.Reader reader = switch (topic) {
                case "ask" -> (payload, _) -> new Reading.Answered(reply("answer", payload));
                case "junk" -> (_, _) -> new Reading.Dropped("not understood", null);
                case "up/echo" ->
                    (payload, qos) ->
                            new Reading.Accepted(new Uplink.Message(topic, qos, payload), reply("echo", payload));
                default -> (payload, qos) -> new Reading.Accepted(new Uplink.Message(topic, qos, payload), null);
            };
            boolean own = topic.startsWith("up/") || topic.equals("ask") || topic.equals("junk");
            return own ? reader : new Route.Refused("foreign topic");
        }

        private static Outgoing.Publish reply(String topic, Payload payload) {
            return Outgoing.Publish.implicit(topic, Qos.AT_MOST_ONCE, payload);
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
                    Outgoing.Publish.implicit(message.topic(), message.qos(), message.payload());
                case Downlink.Message message ->
                    Outgoing.Publish.subscribed(message.topic(), message.qos(), message.payload());
                case Downlink.Command command ->
                    Outgoing.Publish.subscribed(command.service(), command.qos(), Payload.of("x"));
                case Downlink.SystemDownlink _, Downlink.Broadcast _ ->
                    new Outgoing.Refused(Problem.UNSUPPORTED, "this wire carries messages and commands only");
            };
        }
    }
}
