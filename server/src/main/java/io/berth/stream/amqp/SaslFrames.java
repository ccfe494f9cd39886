package io.berth.stream.amqp;

import io.berth.core.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;

/// The four SASL frames a server that knows PLAIN alone needs (AMQP 1.0 part 5.3). They are read here and not
/// by the engine: its codec remembers every symbol and every descriptor it ever met, for ever, and whoever is
/// not logged in yet must not leave anything behind.
final class SaslFrames {
    static final int HEADER_BYTES = 8;
    static final String PLAIN = "PLAIN";

    private static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};
    private static final int SASL = 1;
    private static final int MECHANISMS = 0x40;
    private static final int INIT = 0x41;
    private static final int OUTCOME = 0x44;
    private static final int DESCRIBED = 0x00;
    private static final int SMALL_ULONG = 0x53;
    private static final int ULONG = 0x80;
    private static final int NULL = 0x40;

    private SaslFrames() {}

    /// @param response empty when none came
    record Init(String mechanism, Payload response) {}

    /// How a server ends a SASL exchange.
    enum Outcome {
        OK,
        /// The credentials are not right.
        AUTH,
        /// The server could not check them: it may be different later.
        TEMPORARY;

        private int code() {
            return switch (this) {
                case OK -> 0;
                case AUTH -> 1;
                case TEMPORARY -> 4;
            };
        }
    }

    /// Whether these eight bytes begin a SASL exchange.
    static boolean isProtocol(ByteBuf header) {
        return header.equals(Unpooled.wrappedBuffer(PROTOCOL));
    }

    static ByteBuf protocol() {
        return Unpooled.copiedBuffer(PROTOCOL);
    }

    /// The only mechanism, as an array of one symbol: a single symbol is allowed too, and not read by every client.
    static ByteBuf mechanisms() {
        int name = PLAIN.length();
        ByteBuf body = Unpooled.buffer();
        body.writeByte(0xc0).writeByte(name + 6).writeByte(1); // list of one
        body.writeByte(0xe0).writeByte(name + 3).writeByte(1).writeByte(0xa3); // array of one symbol
        body.writeByte(name).writeCharSequence(PLAIN, StandardCharsets.US_ASCII);
        return frame(MECHANISMS, body);
    }

    static ByteBuf outcome(Outcome outcome) {
        ByteBuf body = Unpooled.buffer();
        body.writeByte(0xc0).writeByte(3).writeByte(1); // list of one
        body.writeByte(0x50).writeByte(outcome.code()); // ubyte
        return frame(OUTCOME, body);
    }

    private static ByteBuf frame(int descriptor, ByteBuf body) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeInt(HEADER_BYTES + 3 + body.readableBytes());
        frame.writeByte(2).writeByte(SASL).writeShort(0);
        frame.writeByte(DESCRIBED).writeByte(SMALL_ULONG).writeByte(descriptor);
        return frame.writeBytes(body);
    }

    /// Reads a whole frame, its size included.
    ///
    /// @throws CorruptedFrameException when it is no sasl-init
    static Init init(ByteBuf frame) {
        frame.skipBytes(Integer.BYTES);
        int bodyOffset = frame.readUnsignedByte() * 4;
        int type = frame.readUnsignedByte();
        require(type == SASL && bodyOffset >= HEADER_BYTES && bodyOffset < frame.writerIndex(), "no SASL frame");
        frame.readerIndex(bodyOffset);
        require(frame.readUnsignedByte() == DESCRIBED && descriptor(frame) == INIT, "no sasl-init");
        int fields = fields(frame);
        String mechanism = fields > 0 ? variable(frame, 0xa3, 0xb3).text() : "";
        Payload response = fields > 1 ? variable(frame, 0xa0, 0xb0) : Payload.EMPTY;
        return new Init(mechanism, response); // a host name that follows does not matter
    }

    private static long descriptor(ByteBuf frame) {
        return switch (frame.readUnsignedByte()) {
            case SMALL_ULONG -> frame.readUnsignedByte();
            case ULONG -> frame.readLong();
            default -> -1;
        };
    }

    /// How many fields the list has that begins here.
    private static int fields(ByteBuf frame) {
        return switch (frame.readUnsignedByte()) {
            case 0x45 -> 0;
            case 0xc0 -> frame.skipBytes(1).readUnsignedByte();
            case 0xd0 -> frame.skipBytes(Integer.BYTES).readInt();
            default -> throw new CorruptedFrameException("no list");
        };
    }

    private static Payload variable(ByteBuf frame, int shortForm, int longForm) {
        int constructor = frame.readUnsignedByte();
        if (constructor == NULL) {
            return Payload.EMPTY;
        }
        require(constructor == shortForm || constructor == longForm, "a field of another type");
        int length = constructor == shortForm ? frame.readUnsignedByte() : frame.readInt();
        require(length >= 0 && length <= frame.readableBytes(), "a field longer than its frame");
        byte[] bytes = new byte[length];
        frame.readBytes(bytes);
        return Payload.owned(bytes);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CorruptedFrameException(otherwise);
        }
    }
}
