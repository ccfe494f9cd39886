package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Product;
import io.berth.core.session.Messages;
import io.berth.core.topic.Topic;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Downlink messages (spec aliyun-openapi 3.2).
final class MessageActions implements Action.Group {
    private static final int MAX_BYTES = 256 << 10;

    /// `/PRODUCT/DEVICE/path`
    private static final Pattern CUSTOM = Pattern.compile("/([^/]+)/([^/]+)/(.+)");

    private final Messages messages;

    MessageActions(Messages messages) {
        this.messages = messages;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MESSAGES, Family.MESSAGES);
        return List.of(about.talks("Pub", Publication.class, this::publish));
    }

    record Publication(
            String productKey,
            String topicFullName,
            String messageContent,
            @Nullable Integer qos) {}

    private Value.Fields publish(Call<Publication> call) throws InterruptedException {
        Publication wanted = call.input();
        Product product = call.product(wanted.productKey());
        Device device = recipient(call, product);
        Downlink.Message message = new Downlink.Message(
                new Topic(wanted.topicFullName()).text(), qos(wanted.qos()), content(wanted.messageContent()));
        String id = messages.nextId();
        AwaitedDelivery delivery = new AwaitedDelivery();
        messages.send(device.id(), id, message, delivery);
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

    /// The device whose topic it is, when its product lets devices hear it.
    private static Device recipient(Call<Publication> call, Product product) {
        Matcher topic = CUSTOM.matcher(call.input().topicFullName());
        if (!topic.matches() || !topic.group(1).equals(product.key())) {
            throw forbidden("the topic is none of a device of product " + product.key());
        }
        Device device = DeviceName.in(call.reach(), product.key(), topic.group(2));
        boolean isHeard = product.topics().stream()
                .anyMatch(one -> one.access().allowsSubscribe() && new TopicFilter(one.path()).matches(topic.group(3)));
        if (!isHeard) {
            throw forbidden("no topic class of product " + product.key() + " lets devices subscribe it");
        }
        return device;
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(Problem.TOPIC_FORBIDDEN, detail);
    }

    private static Qos qos(@Nullable Integer number) {
        if (number != null && number != 0 && number != 1) {
            throw GatewayException.invalid("Qos", "it is 0 or 1");
        }
        return number == null ? Qos.AT_MOST_ONCE : Qos.of(number);
    }

    private static Payload content(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(
                    Problem.INVALID_ARGUMENT,
                    "messagebroker.MessageContentIsNotBase64Encode",
                    "MessageContent is not Base64");
        }
        Refusal.require(
                bytes.length <= MAX_BYTES,
                "messagebroker.PublishMessageFailed",
                "a message has at most " + MAX_BYTES + " bytes");
        return Payload.owned(bytes);
    }
}
