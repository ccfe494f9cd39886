package io.berth.stream;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Event.Kind;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events as octets, as every durable log keeps them: a version, the header by which readers choose, and the
/// rest. What one release wrote, later ones read.
public final class EventCodec {
    private static final byte VERSION = 1;

    private static final int HAS_GATEWAY = 1;
    private static final int HAS_TOPIC = 1 << 1;
    private static final int AT_LEAST_ONCE = 1 << 2;
    private static final int HAS_PROPERTIES = 1 << 3;
    private static final int HAS_RESPONSE_TOPIC = 1 << 4;
    private static final int HAS_CORRELATION = 1 << 5;
    private static final int HAS_ORIGIN = 1 << 6;

    private static final StableCodes<Kind> KINDS = new StableCodes<>(
            List.of(Kind.MESSAGE, Kind.PROPERTY, Kind.EVENT, Kind.STATUS, Kind.LIFECYCLE, Kind.TOPOLOGY, Kind.COMMAND));

    private EventCodec() {}

    /// What an event is about.
    ///
    /// @param device the name of the device, empty when it is about the product as a whole
    public record Header(Kind kind, String product, String device) {}

    public static byte[] encode(Event event) {
        Out out = new Out(
                128 + (event.origin() == null ? 0 : event.origin().payload().size()));
        write(event, out);
        return out.toBytes();
    }

    public static void write(Event event, Out out) {
        out.octet(VERSION).octet(KINDS.of(event.kind())).text(event.product()).text(event.deviceName());
        out.eight(event.id()).time(event.time(), Instant.EPOCH);
        writeOrigin(event.origin(), out);
        FactCodec.write(event, out);
    }

    /// Reads all that remains. Octets that are no event throw `UnreadableEventException` and nothing else.
    public static Event decode(ByteBuffer in) {
        try {
            Event event = read(in);
            if (in.hasRemaining()) {
                throw new UnreadableEventException(in.remaining() + " octets are left after an event", null);
            }
            return event;
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | DateTimeException
                | ProblemException e) {
            throw new UnreadableEventException("octets are no event: " + e, e);
        }
    }

    /// Reads the header and leaves the buffer where it was.
    public static Header header(ByteBuffer in) {
        try {
            return readHeader(in.duplicate());
        } catch (BufferUnderflowException | IllegalStateException e) {
            throw new UnreadableEventException("octets are no header of an event: " + e, e);
        }
    }

    private static Header readHeader(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("version " + version + " of events is not known");
        }
        return new Header(KINDS.word(in.get()), ValueCodec.text(in), ValueCodec.text(in));
    }

    private static Event read(ByteBuffer in) {
        Header header = readHeader(in);
        DeviceId device = header.device.isEmpty() ? null : new DeviceId(header.product, header.device);
        long id = in.getLong();
        Instant time = ValueCodec.time(in, Instant.EPOCH);
        Origin origin = readOrigin(in);
        Fact fact = FactCodec.read(in, new FactCodec.Context(header.kind, device, time));
        return new Event(id, time, header.product, device, origin, fact);
    }

    private static void writeOrigin(@Nullable Origin origin, Out out) {
        if (origin == null) {
            out.octet(0);
            return;
        }
        MessageProperties properties = origin.properties();
        out.octet(HAS_ORIGIN
                | (origin.gateway() == null ? 0 : HAS_GATEWAY)
                | (origin.topic() == null ? 0 : HAS_TOPIC)
                | (origin.qos() == Qos.AT_LEAST_ONCE ? AT_LEAST_ONCE : 0)
                | (properties.user().isEmpty() ? 0 : HAS_PROPERTIES)
                | (properties.responseTopic() == null ? 0 : HAS_RESPONSE_TOPIC)
                | (properties.correlation() == null ? 0 : HAS_CORRELATION));
        out.text(origin.dialect());
        if (origin.gateway() != null) {
            writeDevice(origin.gateway(), out);
        }
        if (origin.topic() != null) {
            out.text(origin.topic());
        }
        out.payload(origin.payload());
        writeProperties(properties, out);
    }

    private static @Nullable Origin readOrigin(ByteBuffer in) {
        int parts = in.get();
        if (parts == 0) {
            return null;
        }
        String dialect = ValueCodec.text(in);
        DeviceId gateway = has(parts, HAS_GATEWAY) ? readDevice(in) : null;
        String topic = has(parts, HAS_TOPIC) ? ValueCodec.text(in) : null;
        Qos qos = has(parts, AT_LEAST_ONCE) ? Qos.AT_LEAST_ONCE : Qos.AT_MOST_ONCE;
        Payload payload = ValueCodec.payload(in);
        return new Origin(dialect, gateway, topic, qos, payload, readProperties(in, parts));
    }

    private static void writeProperties(MessageProperties properties, Out out) {
        if (!properties.user().isEmpty()) {
            out.unsigned(properties.user().size());
            properties.user().forEach(word -> out.text(word.name()).text(word.value()));
        }
        if (properties.responseTopic() != null) {
            out.text(properties.responseTopic());
        }
        if (properties.correlation() != null) {
            out.payload(properties.correlation());
        }
    }

    private static MessageProperties readProperties(ByteBuffer in, int parts) {
        if (!has(parts, HAS_PROPERTIES | HAS_RESPONSE_TOPIC | HAS_CORRELATION)) {
            return MessageProperties.NONE;
        }
        List<MessageProperties.Word> user = new ArrayList<>();
        for (long left = has(parts, HAS_PROPERTIES) ? ValueCodec.unsigned(in) : 0; left > 0; left--) {
            user.add(new MessageProperties.Word(ValueCodec.text(in), ValueCodec.text(in)));
        }
        String responseTopic = has(parts, HAS_RESPONSE_TOPIC) ? ValueCodec.text(in) : null;
        return new MessageProperties(user, responseTopic, has(parts, HAS_CORRELATION) ? ValueCodec.payload(in) : null);
    }

    /// Whether any of them is there.
    private static boolean has(int parts, int any) {
        return (parts & any) != 0;
    }

    static void writeDevice(DeviceId device, Out out) {
        out.text(device.product()).text(device.name());
    }

    static DeviceId readDevice(ByteBuffer in) {
        return new DeviceId(ValueCodec.text(in), ValueCodec.text(in));
    }
}
