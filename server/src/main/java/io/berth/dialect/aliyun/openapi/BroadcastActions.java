package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Product;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.topic.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages to all devices of a product that are online (spec aliyun-openapi 3.2): to those that subscribed a
/// topic, or to each on a topic of its own.
final class BroadcastActions implements Action.Group {
    private static final int MAX_BYTES = 64 << 10;

    private final Messages messages;
    private final Downlinks downlinks;
    private final Sessions sessions;

    BroadcastActions(Messages messages, Downlinks downlinks, Sessions sessions) {
        this.messages = messages;
        this.downlinks = downlinks;
        this.sessions = sessions;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MESSAGES, Family.MESSAGES);
        return List.of(about.talks("PubBroadcast", Broadcast.class, this::broadcast));
    }

    /// @param topicFullName `/broadcast/PRODUCT/…`; null: the topic that every device hears
    record Broadcast(
            String productKey,
            String messageContent,
            @Nullable String topicFullName) {}

    private Value.Fields broadcast(Call<Broadcast> call) {
        Broadcast wanted = call.input();
        Product product = call.product(wanted.productKey());
        Payload content = MessageText.bytes(wanted.messageContent(), MAX_BYTES);
        String id = messages.nextId();
        String topic = wanted.topicFullName();
        if (topic == null) {
            sessions.ofProduct(product.key()).forEach(session -> tell(session, id, content));
        } else {
            demandBelow("/broadcast/" + product.key() + "/", topic);
            downlinks.broadcast(product.key(), new Downlink.Broadcast(topic, content));
        }
        return Value.Fields.of("MessageId", new Value.Whole(Long.parseLong(id)));
    }

    private void tell(Session session, String id, Payload content) {
        DeviceId device = session.device();
        String topic = "/sys/" + device.product() + "/" + device.name() + "/broadcast/request/" + id;
        downlinks.send(device, new Downlink.Message(topic, Qos.AT_MOST_ONCE, content), Delivery.UNWATCHED);
    }

    private static void demandBelow(String root, String topic) {
        Refusal.require(
                topic.startsWith(root) && topic.length() > root.length() && Topic.isValid(topic),
                "messagebroker.InvalidFormattedTopicName",
                "a broadcast goes to a topic below " + root);
    }
}
