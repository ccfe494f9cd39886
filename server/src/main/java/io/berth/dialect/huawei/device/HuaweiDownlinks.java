package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.thing.Module;
import io.berth.core.topic.Topic;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Puts downlinks on Huawei's wire (spec huawei-iotda 3). System topics reach a device that subscribed
/// nothing, then at QoS 0.
///
/// This wire knows one kind of question, the command, so a request becomes one: a payload that is a command
/// already (a JSON object with `command_name`) goes out as it is; any other becomes the `paras` of a
/// command named `request` without a service, a JSON object as it is and other text as `{"content": text}`.
record HuaweiDownlinks(String deviceId) {
    private static final String BROADCAST = "$oc/broadcast/";

    Outgoing write(Downlink downlink) {
        return switch (downlink) {
            case Downlink.Message message -> message(message);
            case Downlink.Request request -> request(request);
            case Downlink.PropertySet set -> propertySet(set);
            case Downlink.Command command -> command(command);
            case Downlink.Broadcast broadcast -> broadcast(broadcast);
            case Downlink.PropertyGet _,
                    Downlink.ShadowChanged _,
                    Downlink.Notice _,
                    Downlink.TopologyChanged _,
                    Downlink.TopologyWanted _,
                    Downlink.JoinPermitted _,
                    Downlink.ConfigPushed _,
                    Downlink.LogWanted _ ->
                new Outgoing.Refused(Problem.UNSUPPORTED, deviceId + " cannot be told this");
        };
    }

    /// `user/…` below the device's own root, a full topic of the device, or any topic outside the vendor's
    /// spaces.
    private Outgoing message(Downlink.Message message) {
        String topic = message.topic().startsWith("user/") ? root() + message.topic() : message.topic();
        boolean isOwn = topic.startsWith(root());
        boolean isForeign = topic.startsWith("$") || (topic.startsWith("/huawei/v1/") && !isOwnLegacy(topic));
        if (!Topic.isValid(topic) || (!isOwn && isForeign)) {
            return forbidden(topic);
        }
        return topic.startsWith(root() + "sys/")
                ? system(topic, message.qos(), message.payload())
                : Outgoing.Publish.subscribed(topic, message.qos(), message.payload());
    }

    private boolean isOwnLegacy(String topic) {
        return topic.startsWith("/huawei/v1/devices/" + deviceId + "/");
    }

    private Outgoing request(Downlink.Request request) {
        if (request.topic() != null) {
            return new Outgoing.Refused(
                    Problem.UNSUPPORTED,
                    deviceId + " can answer commands only: ask without a topic, or send a message to the topic");
        }
        Optional<JsonNode> json = HuaweiJson.object(request.payload());
        boolean isCommand = json.isPresent() && json.get().path("command_name").isString();
        Payload command = isCommand
                ? Payload.of(json.get().toString())
                : commandPayload(
                        "",
                        "request",
                        json.map(JsonNode::toString)
                                .orElseGet(() -> JsonText.object()
                                        .text("content", request.payload().text())
                                        .end()));
        return sendCommand(request.id(), request.qos(), command);
    }

    private Outgoing command(Downlink.Command command) {
        return sendCommand(
                command.id(),
                command.qos(),
                commandPayload(
                        Module.moduleOf(command.service()),
                        Module.identifierOf(command.service()),
                        ValueJson.write(command.input())));
    }

    private Payload commandPayload(String service, String command, String paras) {
        return JsonText.object()
                .text("object_device_id", deviceId)
                .text("service_id", service)
                .text("command_name", command)
                .json("paras", paras)
                .payload();
    }

    private Outgoing sendCommand(String id, Qos qos, Payload payload) {
        return system(root() + "sys/commands/request_id=" + id, qos, payload);
    }

    private Outgoing propertySet(Downlink.PropertySet set) {
        SequencedMap<String, SequencedMap<String, Value>> byModule = new LinkedHashMap<>();
        set.values()
                .fields()
                .forEach((key, value) -> byModule.computeIfAbsent(Module.moduleOf(key), _ -> new LinkedHashMap<>())
                        .put(Module.identifierOf(key), value));
        List<String> services = new ArrayList<>();
        byModule.forEach((module, values) -> services.add(JsonText.object()
                .text("service_id", module)
                .json("properties", ValueJson.write(new Value.Fields(values)))
                .end()));
        Payload payload = JsonText.object()
                .text("object_device_id", deviceId)
                .json("services", "[" + String.join(",", services) + "]")
                .payload();
        return system(root() + "sys/properties/set/request_id=" + set.id(), set.qos(), payload);
    }

    private Outgoing broadcast(Downlink.Broadcast broadcast) {
        String topic = broadcast.topic().startsWith("$") ? broadcast.topic() : BROADCAST + broadcast.topic();
        return Topic.isValid(topic) && topic.startsWith(BROADCAST) && topic.length() > BROADCAST.length()
                ? Outgoing.Publish.subscribed(topic, broadcast.qos(), broadcast.payload())
                : forbidden(topic);
    }

    private Outgoing system(String topic, Qos qos, Payload payload) {
        return Topic.isValid(topic)
                ? new Outgoing.Publish(topic, qos, payload, true, Qos.AT_MOST_ONCE)
                : forbidden(topic);
    }

    private Outgoing forbidden(String topic) {
        return new Outgoing.Refused(Problem.TOPIC_FORBIDDEN, topic + " is not a topic of " + deviceId);
    }

    private String root() {
        return "$oc/devices/" + deviceId + "/";
    }
}
