package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.topic.Topic;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return HuaweiJson.object(command.payload())
                .map(paras -> sendCommand(
                        command.id(),
                        command.qos(),
                        commandPayload(command.service(), command.command(), paras.toString())))
                .orElseGet(() -> invalid("parameters of a command must be a JSON object"));
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

    /// Values by service, `{"Battery":{"level":5}}`; or the vendor's own form, a list named `services`.
    private Outgoing propertySet(Downlink.PropertySet set) {
        Optional<JsonNode> values = HuaweiJson.object(set.payload());
        if (values.isEmpty()) {
            return invalid("property values must be a JSON object");
        }
        JsonNode list = values.get().path("services");
        Optional<String> services = list.isArray() ? Optional.of(list.toString()) : byService(values.get());
        if (services.isEmpty()) {
            return invalid("property values must be grouped by service: {\"service\":{\"property\":1}}");
        }
        Payload payload = JsonText.object()
                .text("object_device_id", deviceId)
                .json("services", services.get())
                .payload();
        return system(root() + "sys/properties/set/request_id=" + set.id(), set.qos(), payload);
    }

    private static Optional<String> byService(JsonNode values) {
        List<String> services = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service : values.properties()) {
            if (!service.getValue().isObject()) {
                return Optional.empty();
            }
            services.add(JsonText.object()
                    .text("service_id", service.getKey())
                    .json("properties", service.getValue().toString())
                    .end());
        }
        return services.isEmpty() ? Optional.empty() : Optional.of("[" + String.join(",", services) + "]");
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

    private static Outgoing invalid(String detail) {
        return new Outgoing.Refused(Problem.INVALID_ARGUMENT, detail);
    }

    private String root() {
        return "$oc/devices/" + deviceId + "/";
    }
}
