package io.berth.stream.amqp;

import io.berth.core.message.Event;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.CodecFactory;
import org.apache.qpid.protonj2.codec.Encoder;
import org.apache.qpid.protonj2.codec.EncoderState;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.jspecify.annotations.Nullable;

/// Writes notifications as AMQP messages (spec aliyun-openapi 4.2). One thread at a time.
final class Messages {
    private static final int SECTIONS_BYTES = 256;

    private final boolean asText;
    private final Encoder encoder = CodecFactory.getEncoder();
    private final EncoderState state = encoder.newEncoderState();

    /// @param asText whether bodies are one text value, and not the one data section of bytes that others read
    Messages(boolean asText) {
        this.asText = asText;
    }

    /// @param attempts how often the event was handed out before
    /// @param part which notification of the event it is
    ProtonBuffer write(Event event, int attempts, Notification notification, int part) {
        ProtonBuffer out = ProtonBufferAllocator.defaultAllocator()
                .allocate(SECTIONS_BYTES + notification.body().size());
        String id = id(event, part);
        encode(out, new Header().setDurable(true).setDeliveryCount((long) attempts));
        encode(out, new Properties().setMessageId(id));
        encode(out, new ApplicationProperties(properties(event, notification, id)));
        if (asText) {
            encode(out, new AmqpValue<>(notification.body().text()));
        } else {
            encode(out, new Data(notification.body().toBytes()));
        }
        return out;
    }

    private void encode(ProtonBuffer out, Object section) {
        encoder.writeObject(out, state, section);
    }

    private static Map<String, Object> properties(Event event, Notification notification, String id) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (!notification.topic().isEmpty()) {
            properties.put("topic", notification.topic());
        }
        properties.put("messageId", id);
        properties.put("generateTime", event.time().toEpochMilli());
        properties.put("qos", qos(event.origin()));
        return properties;
    }

    /// Digits alone, the same however often the event is told. Ids have as many digits as a long can, so what is
    /// appended for further parts makes no other event's id.
    private static String id(Event event, int part) {
        String digits = Long.toString(event.id());
        return part == 0 ? digits : digits + part;
    }

    private static int qos(@Nullable Origin origin) {
        return origin != null && origin.qos() == Qos.AT_MOST_ONCE ? 0 : 1;
    }
}
