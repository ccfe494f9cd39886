package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.message.MessageProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The MQTT 5 properties this server reads. MQTT 3.x packets have none.
final class Properties5 {
    private Properties5() {}

    static @Nullable Integer topicAlias(MqttProperties properties) {
        return number(properties, MqttProperties.TOPIC_ALIAS);
    }

    static @Nullable Integer receiveMaximum(MqttProperties properties) {
        return number(properties, MqttProperties.RECEIVE_MAXIMUM);
    }

    /// An unsigned number.
    static @Nullable Integer maximumPacketSize(MqttProperties properties) {
        return number(properties, MqttProperties.MAXIMUM_PACKET_SIZE);
    }

    /// An unsigned number: -1 is for ever.
    static @Nullable Integer sessionExpiry(MqttProperties properties) {
        return number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL);
    }

    static boolean hasAuthenticationMethod(MqttProperties properties) {
        return properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null;
    }

    static boolean hasSubscriptionIdentifier(MqttProperties properties) {
        return properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null;
    }

    /// What a message brought beside its bytes.
    static MessageProperties beside(MqttProperties properties) {
        if (properties.isEmpty()) {
            return MessageProperties.NONE;
        }
        List<MessageProperties.Word> words = new ArrayList<>(0);
        for (MqttProperty<?> property : properties.getProperties(MqttProperties.USER_PROPERTY)) {
            if (property.value() instanceof StringPair pair) {
                words.add(new MessageProperties.Word(pair.key, pair.value));
            }
        }
        String topic = properties.getProperty(MqttProperties.RESPONSE_TOPIC) instanceof StringProperty found
                ? found.value()
                : null;
        Payload correlation = properties.getProperty(MqttProperties.CORRELATION_DATA) instanceof BinaryProperty found
                ? Payload.of(found.value())
                : null;
        return new MessageProperties(words, topic, correlation);
    }

    /// How long it is on the wire.
    static int size(MessageProperties beside) {
        int size = beside.responseTopic() == null ? 0 : 1 + textSize(beside.responseTopic());
        if (beside.correlation() != null) {
            size += 1 + 2 + beside.correlation().size();
        }
        for (MessageProperties.Word word : beside.user()) {
            size += 1 + textSize(word.name()) + textSize(word.value());
        }
        return size;
    }

    static void write(MessageProperties beside, ByteBuf out) {
        if (beside.responseTopic() != null) {
            write(beside.responseTopic(), out.writeByte(MqttProperties.RESPONSE_TOPIC));
        }
        if (beside.correlation() != null) {
            out.writeByte(MqttProperties.CORRELATION_DATA)
                    .writeShort(beside.correlation().size())
                    .writeBytes(beside.correlation().buffer());
        }
        for (MessageProperties.Word word : beside.user()) {
            write(word.name(), out.writeByte(MqttProperties.USER_PROPERTY));
            write(word.value(), out);
        }
    }

    private static int textSize(String text) {
        return 2 + ByteBufUtil.utf8Bytes(text);
    }

    private static void write(String text, ByteBuf out) {
        int bytes = ByteBufUtil.utf8Bytes(text);
        out.writeShort(bytes);
        ByteBufUtil.reserveAndWriteUtf8(out, text, bytes);
    }

    /// The unsigned number of seconds, at most as long as the server allows.
    static int bounded(int seconds, Duration most) {
        return (int) Math.min(Integer.toUnsignedLong(seconds), most.toSeconds());
    }

    private static @Nullable Integer number(MqttProperties properties, int id) {
        return properties.getProperty(id) instanceof MqttProperties.IntegerProperty found ? found.value() : null;
    }
}
