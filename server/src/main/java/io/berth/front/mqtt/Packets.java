package io.berth.front.mqtt;

import io.berth.core.message.Letter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.util.List;

/// Writes the seven kinds of packet a server sends. Netty's encoder would need a message object and a buffer
/// for each acknowledgement, and one more handler on every connection; here acknowledgements share a buffer.
final class Packets {
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBCOMP = 0x70;
    private static final int SUBACK = 0x90;
    private static final int UNSUBACK = 0xB0;
    private static final int PINGRESP = 0xD0;
    private static final int DISCONNECT = 0xE0;

    /// Room for one acknowledgement with a reason code.
    static final int ACK_BYTES = 5;

    private Packets() {}

    /// The answer of MQTT 3.x to a CONNECT, good or bad.
    static ByteBuf connack(ByteBufAllocator alloc, boolean sessionPresent, int code) {
        return alloc.buffer(4)
                .writeByte(CONNACK)
                .writeByte(2)
                .writeByte(sessionPresent ? 1 : 0)
                .writeByte(code);
    }

    static ByteBuf refusal5(ByteBufAllocator alloc, int reason) {
        return alloc.buffer(5)
                .writeByte(CONNACK)
                .writeByte(3)
                .writeByte(0)
                .writeByte(reason)
                .writeByte(0);
    }

    /// What this server can do (MQTT 5.0 section 3.2.2.3): QoS 1, no retained messages, no shared
    /// subscriptions, no subscription identifiers.
    static ByteBuf accepted5(ByteBufAllocator alloc, boolean sessionPresent, MqttConfig config, int expirySeconds) {
        return alloc.buffer(32)
                .writeByte(CONNACK)
                .writeByte(3 + 24)
                .writeByte(sessionPresent ? 1 : 0)
                .writeByte(Reason.SUCCESS)
                .writeByte(24)
                .writeByte(MqttProperties.SESSION_EXPIRY_INTERVAL)
                .writeInt(expirySeconds)
                .writeByte(MqttProperties.RECEIVE_MAXIMUM)
                .writeShort(config.session().maxPendingUplinks())
                .writeByte(MqttProperties.MAXIMUM_QOS)
                .writeByte(1)
                .writeByte(MqttProperties.RETAIN_AVAILABLE)
                .writeByte(0)
                .writeByte(MqttProperties.MAXIMUM_PACKET_SIZE)
                .writeInt(config.maxPacketBytes())
                .writeByte(MqttProperties.TOPIC_ALIAS_MAXIMUM)
                .writeShort(config.session().maxTopicAliases())
                .writeByte(MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE)
                .writeByte(0)
                .writeByte(MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE)
                .writeByte(0);
    }

    /// @param packetId 0 for QoS 0
    static ByteBuf publish(ByteBufAllocator alloc, boolean mqtt5, Letter letter, int packetId, boolean again) {
        int topicBytes = ByteBufUtil.utf8Bytes(letter.topic());
        int besideBytes = besideBytes(mqtt5, letter);
        int length = 2
                + topicBytes
                + (packetId != 0 ? 2 : 0)
                + besideBytes
                + letter.payload().size();
        ByteBuf out = alloc.buffer(5 + length);
        out.writeByte(PUBLISH | (again ? 0x08 : 0) | (packetId != 0 ? 0x02 : 0));
        writeLength(out, length);
        out.writeShort(topicBytes);
        ByteBufUtil.reserveAndWriteUtf8(out, letter.topic(), topicBytes);
        if (packetId != 0) {
            out.writeShort(packetId);
        }
        if (mqtt5) {
            int properties = Properties5.size(letter.beside());
            writeLength(out, properties);
            Properties5.write(letter.beside(), out);
        }
        return out.writeBytes(letter.payload().buffer());
    }

    /// The size of the whole packet, at most.
    static int publishSize(boolean mqtt5, Letter letter) {
        return 5
                + 2
                + ByteBufUtil.utf8Bytes(letter.topic())
                + 2
                + besideBytes(mqtt5, letter)
                + letter.payload().size();
    }

    private static int besideBytes(boolean mqtt5, Letter letter) {
        if (!mqtt5) {
            return 0;
        }
        int properties = Properties5.size(letter.beside());
        return lengthBytes(properties) + properties;
    }

    /// How many octets a length takes (MQTT 5.0 section 1.5.5).
    private static int lengthBytes(int length) {
        return length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : 4;
    }

    static void writePuback(ByteBuf out, int packetId) {
        out.writeByte(PUBACK).writeByte(2).writeShort(packetId);
    }

    static void writePuback5(ByteBuf out, int packetId, int reason) {
        out.writeByte(PUBACK).writeByte(3).writeShort(packetId).writeByte(reason);
    }

    static void writePubrec(ByteBuf out, int packetId) {
        out.writeByte(PUBREC).writeByte(2).writeShort(packetId);
    }

    static ByteBuf pubcomp(ByteBufAllocator alloc, int packetId) {
        return alloc.buffer(4).writeByte(PUBCOMP).writeByte(2).writeShort(packetId);
    }

    static ByteBuf suback(ByteBufAllocator alloc, boolean mqtt5, int packetId, List<Integer> codes) {
        return withCodes(alloc, SUBACK, mqtt5, packetId, codes);
    }

    /// MQTT 3.x has no codes here.
    static ByteBuf unsuback(ByteBufAllocator alloc, boolean mqtt5, int packetId, List<Integer> codes) {
        return withCodes(alloc, UNSUBACK, mqtt5, packetId, mqtt5 ? codes : List.of());
    }

    private static ByteBuf withCodes(
            ByteBufAllocator alloc, int type, boolean mqtt5, int packetId, List<Integer> codes) {
        int length = 2 + (mqtt5 ? 1 : 0) + codes.size();
        ByteBuf out = alloc.buffer(5 + length).writeByte(type);
        writeLength(out, length);
        out.writeShort(packetId);
        if (mqtt5) {
            out.writeByte(0);
        }
        codes.forEach(out::writeByte);
        return out;
    }

    static ByteBuf pingresp(ByteBufAllocator alloc) {
        return alloc.buffer(2).writeByte(PINGRESP).writeByte(0);
    }

    /// Only MQTT 5 servers say goodbye.
    static ByteBuf disconnect5(ByteBufAllocator alloc, int reason) {
        return alloc.buffer(4)
                .writeByte(DISCONNECT)
                .writeByte(2)
                .writeByte(reason)
                .writeByte(0);
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
