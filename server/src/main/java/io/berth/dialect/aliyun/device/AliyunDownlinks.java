package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.topic.Topic;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import io.berth.dialect.TopicTable.Match;
import io.berth.json.ValueJson;
import java.util.Optional;

/// Puts downlinks on Alibaba's wire (spec aliyun-device 5.1 to 5.6).
///
/// @param implicit whether system topics reach the device without a subscription (R9)
/// @param extended whether the device takes requests on `/ext/rrpc/…` (R10)
record AliyunDownlinks(DeviceId device, boolean implicit, boolean extended) {
    Outgoing write(Downlink downlink) {
        return switch (downlink) {
            case Downlink.Message message -> message(message);
            case Downlink.Request request -> request(request);
            case Downlink.PropertySet set -> call(set.id(), "property/set", "property.set", set.values(), set);
            case Downlink.Command command -> command(command);
            case Downlink.Broadcast broadcast -> broadcast(broadcast);
            case Downlink.TopologyChanged changed -> tell(changed, "topo/change", AliyunTopologyNews.changed(changed));
            case Downlink.TopologyWanted wanted -> tell(wanted, "topo/add/notify", AliyunItem.json(wanted.children()));
            case Downlink.JoinPermitted permitted ->
                tell(permitted, "gateway/permit", AliyunTopologyNews.permitted(permitted));
            case Downlink.PropertyGet _,
                    Downlink.ShadowChanged _,
                    Downlink.Notice _,
                    Downlink.ConfigPushed _,
                    Downlink.LogWanted _ -> new Outgoing.Refused(Problem.UNSUPPORTED, device + " cannot be told this");
        };
    }

    /// An absolute topic of this device, or a path below its own root such as `user/get`.
    private Outgoing message(Downlink.Message message) {
        String topic = message.topic().startsWith("/") ? message.topic() : custom(message.topic());
        Optional<AliyunTopics.Space> space = AliyunTopics.DOWNLINKS
                .find(topic)
                .filter(match -> Topic.isValid(topic) && AliyunTopics.isOwn(match, device))
                .map(Match::handler);
        if (space.isEmpty()) {
            return forbidden(topic);
        }
        return switch (space.get()) {
            case SYSTEM -> system(topic, message.qos(), message.payload());
            case BROADCAST, CUSTOM -> Outgoing.Publish.subscribed(topic, message.qos(), message.payload());
        };
    }

    /// A request without a topic goes out on the system's own, which every device understands; one with a
    /// topic needs the extended form, which a device announces with bit 0 of `ext` in its client id.
    private Outgoing request(Downlink.Request request) {
        if (request.topic() == null) {
            return system(root() + "rrpc/request/" + request.id(), request.qos(), request.payload());
        }
        if (!extended) {
            return new Outgoing.Refused(
                    Problem.UNSUPPORTED,
                    device + " takes no requests on custom topics: its client id has no ext=1; ask without a topic");
        }
        String path = request.topic().startsWith("/") ? request.topic() : custom(request.topic());
        String topic = "/ext/rrpc/" + request.id() + path;
        return Topic.isValid(topic) ? system(topic, request.qos(), request.payload()) : forbidden(topic);
    }

    private Outgoing command(Downlink.Command command) {
        // an identifier of a module of the thing model carries the module's name (spec aliyun-device 5.3)
        String service = command.service();
        return service.indexOf('/') >= 0
                ? invalid("\"" + service + "\" cannot be the name of a service")
                : call(command.id(), service, service, command.input(), command);
    }

    private Outgoing call(String id, String path, String method, Value.Fields params, Downlink downlink) {
        String topic = root() + "thing/service/" + path;
        if (!Topic.isValid(topic)) {
            return forbidden(topic);
        }
        Payload envelope = JsonText.object()
                .text("id", id)
                .text("version", "1.0.0")
                .text("method", "thing.service." + method)
                .json("params", ValueJson.write(params))
                .payload();
        return system(topic, downlink.qos(), envelope);
    }

    /// Something the device answers on `…_reply`.
    ///
    /// @param path below `thing`, and with dots the method
    private Outgoing tell(Downlink.Ask downlink, String path, String params) {
        Payload envelope = JsonText.object()
                .text("id", downlink.id())
                .text("version", "1.0")
                .text("method", "thing." + path.replace('/', '.'))
                .json("params", params)
                .payload();
        return system(root() + "thing/" + path, downlink.qos(), envelope);
    }

    private Outgoing broadcast(Downlink.Broadcast broadcast) {
        String root = "/broadcast/" + device.product() + "/";
        String topic = broadcast.topic().startsWith("/") ? broadcast.topic() : root + broadcast.topic();
        return Topic.isValid(topic) && topic.startsWith(root) && topic.length() > root.length()
                ? Outgoing.Publish.subscribed(topic, broadcast.qos(), broadcast.payload())
                : forbidden(topic);
    }

    private Outgoing system(String topic, Qos qos, Payload payload) {
        return new Outgoing.Publish(topic, qos, payload, implicit, qos);
    }

    private Outgoing forbidden(String topic) {
        return new Outgoing.Refused(Problem.TOPIC_FORBIDDEN, topic + " is not a topic of " + device);
    }

    private static Outgoing invalid(String detail) {
        return new Outgoing.Refused(Problem.INVALID_ARGUMENT, detail);
    }

    private String root() {
        return "/sys/" + device.product() + "/" + device.name() + "/";
    }

    private String custom(String path) {
        return "/" + device.product() + "/" + device.name() + "/" + path;
    }
}
