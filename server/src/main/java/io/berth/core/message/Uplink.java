package io.berth.core.message;

import io.berth.core.Payload;
import io.berth.core.state.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message from a device, typed by its dialect. `topic` is the wire's topic as the device sent it, for the
/// log and for whoever subscribes to messages.
public sealed interface Uplink {
    String topic();

    Qos qos();

    /// The bytes as they came.
    Payload payload();

    /// Anything on a custom topic.
    record Message(String topic, Qos qos, Payload payload, MessageProperties properties) implements Uplink {
        public Message(String topic, Qos qos, Payload payload) {
            this(topic, qos, payload, MessageProperties.NONE);
        }

        /// With what came beside the bytes, which dialects do not look at.
        public Message with(MessageProperties beside) {
            return new Message(topic, qos, payload, beside);
        }
    }

    /// Values of properties; those that fit the thing model.
    record PropertyReport(String topic, Qos qos, Payload payload, Facts facts) implements Uplink {}

    /// Something happened at the device. `facts` is empty when the model knows nothing of it.
    record EventReport(String topic, Qos qos, Payload payload, Facts facts) implements Uplink {}

    /// What a gateway tells of itself and of devices behind it in one message. Every device named is one it
    /// may speak for: the dialect saw to that.
    record Pack(String topic, Qos qos, Payload payload, List<Facts> parts) implements Uplink {
        public Pack {
            parts = List.copyOf(parts);
        }
    }

    /// The device answers a request that came to it with this id.
    ///
    /// @param answer what it says, null when the answer has no form but bytes
    record Reply(
            String requestId,
            String topic,
            Qos qos,
            Payload payload,
            @Nullable Answer answer) implements Uplink {}

    /// The device says something of itself (versions, tags, logs) that is neither value nor event.
    ///
    /// @param fact what it says, null when that is no more than its bytes
    record Info(
            String topic,
            Qos qos,
            Payload payload,
            @Nullable Fact fact) implements Uplink {
        public Info(String topic, Qos qos, Payload payload) {
            this(topic, qos, payload, null);
        }
    }
}
