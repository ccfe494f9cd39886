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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Puts downlinks on Huawei's wire (spec huawei-iotda 3). System topics reach a device that subscribed
/// nothing, then at QoS 0.
///
/// This wire knows one kind of question, the command, so a request becomes one: a payload that is a command
/// already (a JSON object with `command_name`) goes out as it is; any other becomes the `paras` of a
/// command named `request` without a service, a JSON object as it is and other text as `{"content": text}`.
record HuaweiDownlinks(HuaweiAddress to, InstantSource clock) {
    private static final String BROADCAST = "$oc/broadcast/";

    Outgoing write(Downlink downlink) {
        return switch (downlink) {
            case Downlink.Message message -> new HuaweiMessage(to).write(message);
            case Downlink.Request request -> request(request);
            case Downlink.PropertySet set -> propertySet(set);
            case Downlink.PropertyGet get -> propertyGet(get);
            case Downlink.Command command -> command(command);
            case Downlink.Broadcast broadcast -> broadcast(broadcast);
            case Downlink.TopologyChanged changed -> topologyChanged(changed);
            case Downlink.ConfigPushed pushed -> config(pushed);
            case Downlink.LogWanted wanted -> event(HuaweiLog.config(wanted.id(), wanted.wanted()));
            case Downlink.ShadowChanged _, Downlink.Notice _, Downlink.TopologyWanted _, Downlink.JoinPermitted _ ->
                unsupported();
        };
    }

    private Outgoing request(Downlink.Request request) {
        if (request.topic() != null) {
            return new Outgoing.Refused(
                    Problem.UNSUPPORTED,
                    to.meant() + " can answer commands only: ask without a topic, or send a message to the topic");
        }
        Value.Fields json = ValueJson.readFields(request.payload()).orElse(null);
        if (json == null) {
            String content =
                    JsonText.object().text("content", request.payload().text()).end();
            return sendCommand(request, commandPayload("", "request", content));
        }
        boolean isCommand = json.get("command_name") instanceof Value.Text;
        return sendCommand(
                request,
                isCommand
                        ? request.payload()
                        : commandPayload("", "request", request.payload().text()));
    }

    private Outgoing command(Downlink.Command command) {
        return sendCommand(
                command,
                commandPayload(
                        HuaweiServiceId.of(Module.moduleOf(command.service())),
                        Module.identifierOf(command.service()),
                        HuaweiValues.write(command.input())));
    }

    private Payload commandPayload(String serviceId, String command, String paras) {
        return JsonText.object()
                .text("object_device_id", to.meant())
                .text("service_id", serviceId)
                .text("command_name", command)
                .json("paras", paras)
                .payload();
    }

    private Outgoing sendCommand(Downlink.Ask command, Payload payload) {
        return system("commands/request_id=" + command.id(), command.qos(), payload);
    }

    private Outgoing propertySet(Downlink.PropertySet set) {
        SequencedMap<String, SequencedMap<String, Value>> byModule = new LinkedHashMap<>();
        set.values()
                .fields()
                .forEach((key, value) -> byModule.computeIfAbsent(Module.moduleOf(key), _ -> new LinkedHashMap<>())
                        .put(Module.identifierOf(key), value));
        List<String> services = new ArrayList<>();
        byModule.forEach((module, values) -> services.add(JsonText.object()
                .text("service_id", HuaweiServiceId.of(module))
                .json("properties", HuaweiValues.write(new Value.Fields(values)))
                .end()));
        Payload payload = JsonText.object()
                .text("object_device_id", to.meant())
                .json("services", "[" + String.join(",", services) + "]")
                .payload();
        return system("properties/set/request_id=" + set.id(), set.qos(), payload);
    }

    /// A service is asked for as a whole: the wire cannot name properties.
    private Outgoing propertyGet(Downlink.PropertyGet get) {
        Payload payload = JsonText.object()
                .text("object_device_id", to.meant())
                .text("service_id", HuaweiServiceId.of(get.module()))
                .payload();
        return system("properties/get/request_id=" + get.id(), get.qos(), payload);
    }

    /// Children hear no broadcasts of their own: their gateway does.
    private Outgoing broadcast(Downlink.Broadcast broadcast) {
        String topic = broadcast.topic().startsWith("$") ? broadcast.topic() : BROADCAST + broadcast.topic();
        return !to.isChild()
                        && Topic.isValid(topic)
                        && topic.startsWith(BROADCAST)
                        && topic.length() > BROADCAST.length()
                ? Outgoing.Publish.subscribed(topic, broadcast.qos(), broadcast.payload())
                : new Outgoing.Refused(Problem.TOPIC_FORBIDDEN, topic + " is not a topic of " + to.meant());
    }

    private Outgoing topologyChanged(Downlink.TopologyChanged changed) {
        List<HuaweiChild> children = changed.children().stream()
                .map(child -> HuaweiChild.of(to.meant(), child))
                .toList();
        return switch (changed.change()) {
            case ADDED -> event(HuaweiChild.added(changed.id(), children, changed.version()));
            case REMOVED -> event(HuaweiChild.removed(changed.id(), children, changed.version()));
            case ENABLED, DISABLED -> unsupported();
        };
    }

    private Outgoing config(Downlink.ConfigPushed pushed) {
        String content = JsonText.object()
                .json("config_content", pushed.config().content().text())
                .end();
        return event(new HuaweiEvent("$device_config", "config_update", pushed.id(), content));
    }

    private Outgoing event(HuaweiEvent event) {
        return system(
                "events/down", Qos.AT_LEAST_ONCE, HuaweiEvent.payload(to.meant(), List.of(event), clock.instant()));
    }

    private Outgoing system(String path, Qos qos, Payload payload) {
        return HuaweiMessage.system(to.root() + "sys/" + path, qos, payload);
    }

    private Outgoing unsupported() {
        return new Outgoing.Refused(Problem.UNSUPPORTED, to.meant() + " cannot be told this");
    }
}
