package io.berth.simulator.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// A PUBLISH encoded once and written many times, with another packet id and stamp each time. Immutable.
public final class PublishFrame {
    /// A stamp is this many hexadecimal digits at the head of the payload.
    public static final int STAMP_LENGTH = 16;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int idOffset;
    private final int payloadOffset;

    public PublishFrame(String topic, int qos, byte[] payload) {
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        int remaining = 2 + topicBytes.length + (qos > 0 ? 2 : 0) + payload.length;
        ByteBuf frame = Unpooled.buffer(remaining + 5);
        frame.writeByte(0x30 | qos << 1);
        writeLength(frame, remaining);
        frame.writeShort(topicBytes.length).writeBytes(topicBytes);
        idOffset = qos > 0 ? frame.writerIndex() : -1;
        if (qos > 0) {
            frame.writeShort(0);
        }
        payloadOffset = frame.writerIndex();
        frame.writeBytes(payload);
        bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
    }

    public int size() {
        return bytes.length;
    }

    public void writeTo(ByteBuf out, int packetId) {
        int start = out.writerIndex();
        out.writeBytes(bytes);
        if (idOffset >= 0) {
            out.setShort(start + idOffset, packetId);
        }
    }

    /// Writes the frame with a number at the head of its payload, for whoever receives it to [read][#stamp].
    public void writeTo(ByteBuf out, int packetId, long stamp) {
        int start = out.writerIndex() + payloadOffset;
        writeTo(out, packetId);
        for (int i = 0; i < STAMP_LENGTH; i++) {
            out.setByte(start + i, DIGITS[(int) (stamp >>> (60 - 4 * i)) & 15]);
        }
    }

    /// The number at the head of a payload.
    public static long stamp(ByteBuf payload) {
        if (payload.readableBytes() < STAMP_LENGTH) {
            throw new IllegalArgumentException("no stamp in a payload of " + payload.readableBytes() + " bytes");
        }
        long stamp = 0;
        for (int i = 0; i < STAMP_LENGTH; i++) {
            stamp = stamp << 4 | Character.digit(payload.getByte(payload.readerIndex() + i), 16);
        }
        return stamp;
    }

    private static void writeLength(ByteBuf out, int length) {
        int rest = length;
        do {
            int digit = rest & 0x7f;
            rest >>>= 7;
            out.writeByte(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
    }
}
