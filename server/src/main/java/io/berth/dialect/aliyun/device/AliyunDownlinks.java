package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.thing.Module;
import io.berth.core.topic.Topic;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import io.berth.dialect.TopicTable.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts downlinks on the wire of one device (spec aliyun-device 5.1 to 5.6).
final class AliyunDownlinks {
    private final AliyunWire wire;
    private final DeviceId device;

    AliyunDownlinks(AliyunWire wire) {
        this.wire = wire;
        this.device = wire.id();
    }

    Outgoing write(Downlink downlink) {
        return switch (downlink) {
            case Downlink.Message message -> message(message);
            case Downlink.Request request -> request(request);
            case Downlink.PropertySet set -> call(set, "property/set", AliyunValues.write(set.values()), false);
            case Downlink.PropertyGet get -> call(get, "property/get", AliyunValues.write(wanted(get)), false);
            case Downlink.Command command -> command(command);
            case Downlink.Broadcast broadcast -> broadcast(broadcast);
            case Downlink.ShadowChanged changed ->
                system(
                        AliyunShadow.replyTopic(wire),
                        changed.qos(),
                        AliyunShadow.control(changed.shadow(), wire.clock().instant()));
            case Downlink.Notice notice -> tell(notice, notice(notice.fate()), "{}");
            case Downlink.ConfigPushed pushed -> tell(pushed, "config/push", AliyunConfig.file(pushed.config()));
            case Downlink.LogWanted log -> tell(log, "config/log/push", AliyunLog.mode(log.wanted()));
            case Downlink.TopologyChanged changed -> tell(changed, "topo/change", AliyunTopologyNews.changed(changed));
            case Downlink.TopologyWanted wanted -> tell(wanted, "topo/add/notify", AliyunItem.json(wanted.children()));
            case Downlink.JoinPermitted permitted ->
                tell(permitted, "gateway/permit", AliyunTopologyNews.permitted(permitted));
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
            case BROADCAST, CUSTOM -> wire.subscribed(topic, message.qos(), message.payload());
        };
    }

    /// A request without a topic goes out on the system's own, which every device understands; one with a
    /// topic needs the extended form, which a device announces with bit 0 of `ext` in its client id.
    private Outgoing request(Downlink.Request request) {
        if (request.topic() == null) {
            return system(root() + "rrpc/request/" + request.id(), request.qos(), request.payload());
        }
        if (!wire.takesExtendedRequests()) {
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
                ? new Outgoing.Refused(Problem.INVALID_ARGUMENT, "\"" + service + "\" cannot be the name of a service")
                : call(command, service, AliyunValues.write(command.input()), command.sync());
    }

    /// A service of the thing. One whose caller waits travels as a request (spec aliyun-device 5.3); a
    /// product of bytes gets bytes.
    private Outgoing call(Downlink.Ask ask, String service, String params, boolean sync) {
        boolean isRaw = wire.product().format() == DataFormat.RAW;
        String path = root() + (isRaw ? "thing/model/down_raw" : "thing/service/" + service);
        if (!Topic.isValid(path)) {
            return forbidden(path);
        }
        String topic = sync ? requestTopic(ask.id(), path) : path;
        Payload alink = envelope(ask, "1.0.0", "thing.service." + service.replace('/', '.'), params);
        return isRaw
                ? AliyunRaw.down(wire, ask.id(), alink, bytes -> system(topic, ask.qos(), bytes))
                : system(topic, ask.qos(), alink);
    }

    private String requestTopic(String id, String path) {
        return wire.takesExtendedRequests() ? "/ext/rrpc/" + id + path : root() + "rrpc/request/" + id;
    }

    /// Something the device answers on `…_reply`.
    ///
    /// @param path below `thing`, and with dots the method
    private Outgoing tell(Downlink.Ask downlink, String path, String params) {
        Payload envelope = envelope(downlink, "1.0", "thing." + path.replace('/', '.'), params);
        return system(root() + "thing/" + path, downlink.qos(), envelope);
    }

    private static Payload envelope(Downlink.Ask ask, String version, String method, String params) {
        return JsonText.object()
                .text("id", ask.id())
                .text("version", version)
                .text("method", method)
                .json("params", params)
                .payload();
    }

    /// The keys of what is asked for, of all that can be read when the caller names none.
    private Value wanted(Downlink.PropertyGet get) {
        List<Value> keys = new ArrayList<>();
        if (get.identifiers().isEmpty()) {
            wire.product().model().properties().forEach((key, property) -> {
                if (property.readable() && Module.moduleOf(key).equals(get.module())) {
                    keys.add(new Value.Text(key));
                }
            });
        } else {
            get.identifiers().forEach(each -> keys.add(new Value.Text(Module.key(get.module(), each))));
        }
        return new Value.Items(keys);
    }

    private static String notice(Downlink.Notice.Fate fate) {
        return switch (fate) {
            case DISABLED -> "disable";
            case ENABLED -> "enable";
            case DELETED -> "delete";
        };
    }

    private Outgoing broadcast(Downlink.Broadcast broadcast) {
        String root = "/broadcast/" + device.product() + "/";
        String topic = broadcast.topic().startsWith("/") ? broadcast.topic() : root + broadcast.topic();
        return Topic.isValid(topic) && topic.startsWith(root) && topic.length() > root.length()
                ? wire.subscribed(topic, broadcast.qos(), broadcast.payload())
                : forbidden(topic);
    }

    private Outgoing system(String topic, Qos qos, Payload payload) {
        return wire.system(topic, qos, payload);
    }

    private Outgoing forbidden(String topic) {
        return new Outgoing.Refused(Problem.TOPIC_FORBIDDEN, topic + " is not a topic of " + device);
    }

    private String root() {
        return "/sys/" + device.product() + "/" + device.name() + "/";
    }

    private String custom(String path) {
        return "/" + device.product() + "/" + device.name() + "/" + path;
    }
}
