package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Fact;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product.NodeType;
import io.berth.dialect.Branches;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.json.ValueJson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a device asks for the devices behind it (spec aliyun-device 5.7), and with what it is answered. Made
/// when a connection asks first. Requests are answered on the session's lane, one at a time.
///
/// @param wire the gateway's own
/// @param branches the sessions through its connection
/// @param pace bounds what it does in a second
record AliyunGateway(AliyunWire wire, Branches branches, AliyunPace pace) {
    /// One request. May block.
    @FunctionalInterface
    interface Request {
        AlinkAnswer answer(AliyunGateway gateway, Value params);
    }

    /// What a message is whose request was granted.
    @FunctionalInterface
    private interface Granted {
        Reading reading(Message message, Outgoing.@Nullable Publish reply);
    }

    private record Message(String topic, Payload payload, Qos qos, Value params) {}

    /// A row whose messages are between gateway and platform.
    static AliyunUplinks.Row asks(Request request) {
        return (wire, topic, _) -> open(
                wire,
                topic,
                request,
                (_, reply) ->
                        reply == null ? new Reading.Dropped("answer not wanted", null) : new Reading.Answered(reply));
    }

    /// A row whose messages also say something to whoever follows such facts.
    static AliyunUplinks.Row tells(Request request, Function<Value, Fact> fact) {
        return (wire, topic, _) -> open(
                wire,
                topic,
                request,
                (told, reply) -> new Reading.Accepted(
                        new Uplink.Info(told.topic(), told.qos(), told.payload(), fact.apply(told.params())), reply));
    }

    private static Route open(AliyunWire wire, String topic, Request request, Granted granted) {
        AlinkTopic asked = AlinkTopic.of(wire, topic);
        return (Route.Reader) (payload, qos) -> {
            Value[] params = {Value.Fields.NONE};
            AlinkEnvelope alink = AlinkEnvelope.read(payload, json -> params[0] = ValueJson.read(json));
            AlinkCode verdict = wire.isChild()
                    // gateways do not stand behind gateways
                    ? AlinkCode.TOPIC_ILLEGAL
                    : asked.verdict(alink, alink.params());
            if (verdict != AlinkCode.SUCCESS) {
                return asked.dropped(alink, verdict);
            }
            return new Reading.Later(() -> {
                AlinkAnswer answer = answer(wire.gateway(), request, params[0]);
                return answer.code() == AlinkCode.SUCCESS
                        ? granted.reading(
                                new Message(topic, payload, qos, params[0]),
                                asked.answer(alink, answer.code(), answer.data()))
                        : asked.dropped(alink, answer.code());
            });
        };
    }

    private static AlinkAnswer answer(AliyunGateway gateway, Request request, Value params) {
        try {
            return request.answer(gateway, params);
        } catch (ProblemException e) {
            return AlinkAnswer.of(e.problem());
        }
    }

    DeviceId id() {
        return wire.id();
    }

    DeviceServices services() {
        return wire.services();
    }

    /// Whether its product is one of gateways: only those are handed secrets.
    boolean isOfGateways() {
        return wire.product().nodeType() == NodeType.GATEWAY;
    }

    /// Whether with these more devices would be online than may be.
    boolean wouldExceed(List<DeviceId> coming) {
        Set<DeviceId> online = new HashSet<>(branches.attached());
        online.addAll(coming);
        return online.size() > services().rules().maxChildren();
    }

    /// False when the connection is over.
    boolean attach(DeviceSnapshot device, AliyunClientId clientId) {
        return branches.attach(device, AliyunWire.ofChild(device, clientId, services()));
    }

    Optional<DeviceSnapshot> find(DeviceId device) {
        try {
            return services()
                    .directory()
                    .find(new DeviceRef.ById(device))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    boolean hasBehind(DeviceId device) {
        return services().topology().isBehind(id(), device);
    }

    /// Whether another gateway has the device.
    boolean isHeldElsewhere(DeviceId device) {
        return services()
                .topology()
                .gatewayOf(device)
                .filter(held -> !held.equals(id()))
                .isPresent();
    }
}
