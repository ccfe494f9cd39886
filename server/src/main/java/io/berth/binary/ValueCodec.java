package io.berth.binary;

import io.berth.core.Payload;
import io.berth.core.Value;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Values as bytes, for what is kept: a tag, then the content. Keeps what JSON would lose: which number is a
/// moment, which whole number a decimal.
public final class ValueCodec {
    private static final byte NOTHING = 0;
    private static final byte WHOLE = 1;
    private static final byte DECIMAL = 2;
    private static final byte TEXT = 3;
    private static final byte NO = 4;
    private static final byte YES = 5;
    private static final byte MOMENT = 6;
    private static final byte ITEMS = 7;
    private static final byte FIELDS = 8;

    /// Deeper than any parser lets values be; damaged octets are not to exhaust the stack.
    private static final int MAX_DEPTH = 1_000;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private ValueCodec() {}

    public static byte[] encode(Value value) {
        Out out = new Out();
        write(value, out);
        return out.toBytes();
    }

    public static Value decode(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes));
    }

    public static Value.Fields decodeFields(byte[] bytes) {
        return (Value.Fields) decode(bytes);
    }

    public static void write(Value value, Out out) {
        switch (value) {
            case Value.Nothing _ -> out.octet(NOTHING);
            case Value.Whole(long number) -> out.octet(WHOLE).signed(number);
            case Value.Decimal(double number) -> out.octet(DECIMAL).eight(Double.doubleToRawLongBits(number));
            case Value.Text(String text) -> out.octet(TEXT).text(text);
            case Value.Flag(boolean on) -> out.octet(on ? YES : NO);
            case Value.Moment(Instant time) -> out.octet(MOMENT).signed(time.toEpochMilli());
            case Value.Items(List<Value> items) -> {
                out.octet(ITEMS).unsigned(items.size());
                items.forEach(item -> write(item, out));
            }
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                out.octet(FIELDS).unsigned(fields.size());
                fields.forEach((name, field) -> write(field, out.text(name)));
            }
        }
    }

    public static Value read(ByteBuffer in) {
        return read(in, MAX_DEPTH);
    }

    private static Value read(ByteBuffer in, int depth) {
        if (depth == 0) {
            throw new IllegalStateException("a value lies deeper than " + MAX_DEPTH + " others");
        }
        byte tag = in.get();
        return switch (tag) {
            case NOTHING -> Value.Nothing.NOTHING;
            case WHOLE -> new Value.Whole(signed(in));
            case DECIMAL -> new Value.Decimal(Double.longBitsToDouble(in.getLong()));
            case TEXT -> new Value.Text(text(in));
            case NO -> new Value.Flag(false);
            case YES -> new Value.Flag(true);
            case MOMENT -> new Value.Moment(Instant.ofEpochMilli(signed(in)));
            case ITEMS -> {
                int size = (int) unsigned(in);
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    items.add(read(in, depth - 1));
                }
                yield new Value.Items(items);
            }
            case FIELDS -> {
                int size = (int) unsigned(in);
                SequencedMap<String, Value> fields = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    String name = text(in);
                    fields.put(name, read(in, depth - 1));
                }
                yield new Value.Fields(fields);
            }
            default -> throw new IllegalStateException("no value begins with " + tag);
        };
    }

    /// Times by names, to the millisecond.
    public static void writeTimes(Map<String, Instant> times, Out out) {
        out.unsigned(times.size());
        times.forEach((name, time) -> out.text(name).signed(time.toEpochMilli()));
    }

    public static Map<String, Instant> readTimes(ByteBuffer in) {
        int size = (int) unsigned(in);
        Map<String, Instant> times = new HashMap<>();
        for (int i = 0; i < size; i++) {
            times.put(text(in), Instant.ofEpochMilli(signed(in)));
        }
        return times;
    }

    public static String text(ByteBuffer in) {
        return new String(counted(in), StandardCharsets.UTF_8);
    }

    public static Payload payload(ByteBuffer in) {
        return Payload.owned(counted(in));
    }

    private static byte[] counted(ByteBuffer in) {
        int length = (int) unsigned(in);
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    /// A time that was written with the same `base`.
    public static Instant time(ByteBuffer in, Instant base) {
        long seconds = base.getEpochSecond() + signed(in);
        long fraction = unsigned(in);
        return Instant.ofEpochSecond(
                seconds, (fraction & 1) == 0 ? (fraction >>> 1) * NANOS_PER_MILLI : fraction >>> 1);
    }

    /// Seven bits an octet, the lowest first.
    public static long unsigned(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte octet = in.get();
            number |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return number;
            }
        }
    }

    /// Small numbers of either sign in few octets.
    public static long signed(ByteBuffer in) {
        long number = unsigned(in);
        return (number >>> 1) ^ -(number & 1);
    }

    /// A growing array of octets.
    public static final class Out {
        private static final byte[] NONE = new byte[0];

        private byte[] bytes;
        private int size;

        public Out() {
            this(64);
        }

        public Out(int room) {
            bytes = room == 0 ? NONE : new byte[room];
        }

        public Out octet(int octet) {
            grow(1);
            bytes[size++] = (byte) octet;
            return this;
        }

        public Out eight(long number) {
            grow(8);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (number >>> shift);
            }
            return this;
        }

        public Out unsigned(long number) {
            long left = number;
            while ((left & ~0x7fL) != 0) {
                octet((int) (left & 0x7f) | 0x80);
                left >>>= 7;
            }
            return octet((int) left);
        }

        public Out signed(long number) {
            return unsigned((number << 1) ^ (number >> 63));
        }

        public Out text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            unsigned(utf8.length);
            grow(utf8.length);
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
            return this;
        }

        public Out payload(Payload payload) {
            int length = payload.size();
            unsigned(length);
            grow(length);
            payload.buffer().get(bytes, size, length);
            size += length;
            return this;
        }

        /// Exactly; two octets for a whole number of milliseconds that is near the base.
        public Out time(Instant time, Instant base) {
            signed(time.getEpochSecond() - base.getEpochSecond());
            int nanos = time.getNano();
            return nanos % NANOS_PER_MILLI == 0
                    ? unsigned((long) (nanos / NANOS_PER_MILLI) << 1)
                    : unsigned((long) nanos << 1 | 1);
        }

        /// What another array holds.
        public Out append(Out other) {
            grow(other.size);
            System.arraycopy(other.bytes, 0, bytes, size, other.size);
            size += other.size;
            return this;
        }

        public int size() {
            return size;
        }

        /// Begins anew, keeping the room.
        public void clear() {
            size = 0;
        }

        /// Begins anew, giving the room back.
        public void release() {
            bytes = NONE;
            size = 0;
        }

        /// Cuts octets off the front.
        public void drop(int front) {
            bytes = front == size ? NONE : Arrays.copyOfRange(bytes, front, size);
            size -= front;
        }

        public byte[] toBytes() {
            return Arrays.copyOf(bytes, size);
        }

        public Payload toPayload() {
            return Payload.owned(toBytes());
        }

        private void grow(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
            }
        }
    }
}
