package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.topic.Topic;
import io.berth.dialect.Outgoing;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/// Messages down (spec huawei-iotda 3.4): `user/…` below the root of the connection's device, a full topic of
/// the device meant, or any topic outside the vendor's spaces.
record HuaweiMessage(HuaweiAddress to) {
    private static final Set<String> WRAPPING = Set.of("object_device_id", "name", "id", "content");

    Outgoing write(Downlink.Message message) {
        String topic = topic(message.topic());
        boolean isOwn = topic.startsWith(to.root());
        boolean isForeign = topic.startsWith("$") || (topic.startsWith("/huawei/v1/") && !isOwnLegacy(topic));
        if (!Topic.isValid(topic) || (!isOwn && isForeign)) {
            return forbidden(topic);
        }
        if (!topic.startsWith(to.root() + "sys/")) {
            return Outgoing.Publish.subscribed(topic, message.qos(), message.payload())
                    .with(message.beside());
        }
        boolean mustSayWhoIsMeant = to.isChild() && topic.endsWith("/messages/down");
        return system(topic, message.qos(), mustSayWhoIsMeant ? wrapped(message.payload()) : message.payload())
                        instanceof Outgoing.Publish publish
                ? publish.with(message.beside())
                : forbidden(topic);
    }

    /// A system message: at QoS 0 where nobody subscribed it.
    static Outgoing system(String topic, Qos qos, Payload payload) {
        return Topic.isValid(topic)
                ? new Outgoing.Publish(topic, qos, payload, true, Qos.AT_MOST_ONCE)
                : forbidden(topic);
    }

    /// A topic below the root of a child means the same one of its gateway: children have none.
    private String topic(String wanted) {
        String meant = "$oc/devices/" + to.meant() + "/";
        if (wanted.startsWith(meant)) {
            return to.root() + wanted.substring(meant.length());
        }
        return wanted.startsWith("user/") ? to.root() + wanted : wanted;
    }

    private boolean isOwnLegacy(String topic) {
        return topic.startsWith("/huawei/v1/devices/" + to.connected() + "/");
    }

    /// SDKs of gateways hand a message to a child when `object_device_id` names one, and read it only when it
    /// has no other members than these.
    private Payload wrapped(Payload payload) {
        SequencedMap<String, Value> message = new LinkedHashMap<>();
        ValueJson.readFields(payload)
                .filter(given ->
                        !given.isEmpty() && WRAPPING.containsAll(given.fields().keySet()))
                .ifPresent(given -> message.putAll(given.fields()));
        message.putIfAbsent("content", new Value.Text(payload.text()));
        message.put("object_device_id", new Value.Text(to.meant()));
        return Payload.of(ValueJson.write(new Value.Fields(message)));
    }

    private static Outgoing forbidden(String topic) {
        return new Outgoing.Refused(Problem.TOPIC_FORBIDDEN, topic + " is not a topic of this device");
    }
}
