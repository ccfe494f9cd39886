package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product;
import io.berth.core.session.Messages;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Downlink messages to custom topics (spec aliyun-openapi 3.2). What MQTT 5 adds to a message is taken and
/// goes no further: devices here hear by 3.1.1.
final class MessageActions implements Action.Group {
    private static final int MAX_BYTES = 256 << 10;

    private final Messages messages;

    MessageActions(Messages messages) {
        this.messages = messages;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MESSAGES, Family.MESSAGES);
        return List.of(
                about.talks("Pub", Publication.class, this::publish),
                about.talks("BatchPub", Publications.class, this::publishAll));
    }

    /// What MQTT 5 adds.
    record Beside(
            @Nullable String contentType,
            @Nullable String correlationData,
            @Nullable Long messageExpiryInterval,
            @Nullable Integer payloadFormatIndicator,
            @Nullable Boolean retained,
            @Nullable List<UserWord> userProp) {}

    record UserWord(@Nullable String key, @Nullable String value) {}

    record Publication(
            String productKey,
            String topicFullName,
            String messageContent,
            @Nullable String deviceName,
            @Nullable Integer qos,
            @Nullable String responseTopic,
            @Nullable Integer topicAlias,
            Beside beside) {}

    /// @param topicShortName what follows `user/`
    /// @param topicTemplateName a whole topic with `${productKey}` and `${deviceName}`, in place of it
    record Publications(
            String productKey,
            List<String> deviceName,
            String messageContent,
            @Nullable String topicShortName,
            @Nullable String topicTemplateName,
            @Nullable Integer qos,
            @Nullable String responseTopicTemplateName,
            Beside beside) {
        private String topic(String device) {
            if (topicTemplateName != null) {
                return topicTemplateName.replace("${productKey}", productKey).replace("${deviceName}", device);
            }
            if (topicShortName == null) {
                throw GatewayException.missing("TopicShortName");
            }
            String path = topicShortName.startsWith("user/") ? topicShortName : "user/" + topicShortName;
            return "/" + productKey + "/" + device + "/" + path;
        }
    }

    private Value.Fields publish(Call<Publication> call) throws InterruptedException {
        Publication wanted = call.input();
        Product product = call.product(wanted.productKey());
        CustomTopic topic =
                CustomTopic.read(call.reach(), product, wanted.topicFullName()).heard();
        Downlink.Message message = new Downlink.Message(
                topic.text(), MessageText.qos(wanted.qos()), MessageText.bytes(wanted.messageContent(), MAX_BYTES));
        String id = messages.nextId();
        AwaitedDelivery delivery = new AwaitedDelivery();
        messages.send(topic.device().id(), id, message, delivery);
        try {
            delivery.await(Duration.ZERO);
        } catch (ProblemException e) {
            // whether the device is there to hear it makes no difference to the vendor
            if (e.problem() != Problem.DEVICE_OFFLINE && e.problem() != Problem.NOT_SUBSCRIBED) {
                throw e;
            }
        }
        return Value.Fields.of("MessageId", new Value.Text(id));
    }

    private record Addressed(Device device, Downlink.Message message) {}

    /// All of it or, where one device cannot be addressed, nothing.
    private Value.Fields publishAll(Call<Publications> call) {
        Publications wanted = call.input();
        Product product = call.product(wanted.productKey());
        var qos = MessageText.qos(wanted.qos());
        var content = MessageText.bytes(wanted.messageContent(), MAX_BYTES);
        List<Addressed> sending = ManyNames.of(wanted.deviceName()).stream()
                .map(name -> {
                    CustomTopic topic = CustomTopic.read(call.reach(), product, wanted.topic(name))
                            .heard();
                    return new Addressed(topic.device(), new Downlink.Message(topic.text(), qos, content));
                })
                .toList();
        sending.forEach(each -> messages.send(each.device().id(), null, each.message(), Delivery.UNWATCHED));
        return Value.Fields.NONE;
    }
}
