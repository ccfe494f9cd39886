package io.berth.front.coap;

import io.berth.core.Payload;
import io.berth.dialect.CoapOption;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A CoAP message (RFC 7252 section 3).
///
/// @param code 0 for an empty message, else class and detail in one octet
/// @param id tells repetitions of a message from new ones
/// @param token what the requester finds the answer by, at most 8 octets
/// @param options in ascending order of their numbers
record Message(Type type, int code, int id, Payload token, List<CoapOption> options, Payload payload) {
    private static final int VERSION = 1;
    private static final int HEAD = 4;
    private static final int MAX_TOKEN = 8;
    private static final int PAYLOAD_MARKER = 0xff;
    private static final int MAX_OPTIONS = 64;

    enum Type {
        CONFIRMABLE(0),
        NON_CONFIRMABLE(1),
        ACKNOWLEDGEMENT(2),
        RESET(3);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        private static Type of(int number) {
            return switch (number) {
                case 0 -> CONFIRMABLE;
                case 1 -> NON_CONFIRMABLE;
                case 2 -> ACKNOWLEDGEMENT;
                default -> RESET;
            };
        }
    }

    static Message empty(Type type, int id) {
        return new Message(type, 0, id, Payload.EMPTY, List.of(), Payload.EMPTY);
    }

    boolean isEmpty() {
        return code == 0;
    }

    boolean isRequest() {
        return code > 0 && code >> 5 == 0;
    }

    boolean isConfirmable() {
        return type == Type.CONFIRMABLE;
    }

    @Nullable
    CoapOption option(int number) {
        for (CoapOption option : options) {
            if (option.number() == number) {
                return option;
            }
        }
        return null;
    }

    /// The message in a datagram; null when it holds none.
    static @Nullable Message read(byte[] bytes) {
        if (!hasHead(bytes)) {
            return null;
        }
        int tokenEnd = HEAD + (bytes[0] & 0xf);
        boolean isEmpty = bytes[1] == 0;
        if (tokenEnd > HEAD + MAX_TOKEN || tokenEnd > bytes.length || (isEmpty && bytes.length > HEAD)) {
            return null;
        }
        List<CoapOption> options = new ArrayList<>();
        int at = readOptions(bytes, tokenEnd, options);
        // a marker must have something behind it
        if (at < 0 || at == bytes.length - 1) {
            return null;
        }
        return new Message(
                type(bytes),
                bytes[1] & 0xff,
                id(bytes),
                part(bytes, HEAD, tokenEnd),
                options,
                part(bytes, Math.min(at + 1, bytes.length), bytes.length));
    }

    /// What a malformed datagram is rejected with when it is confirmable (RFC 7252 section 4.2); null when
    /// nothing is owed.
    static @Nullable Message rejection(byte[] bytes) {
        return hasHead(bytes) && type(bytes) == Type.CONFIRMABLE ? empty(Type.RESET, id(bytes)) : null;
    }

    private static boolean hasHead(byte[] bytes) {
        return bytes.length >= HEAD && (bytes[0] & 0xff) >> 6 == VERSION;
    }

    private static Type type(byte[] bytes) {
        return Type.of((bytes[0] >> 4) & 3);
    }

    private static int id(byte[] bytes) {
        return ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
    }

    /// Where the payload marker is, or the end; -1 when the options are malformed.
    private static int readOptions(byte[] bytes, int start, List<CoapOption> options) {
        int at = start;
        int number = 0;
        while (at < bytes.length && (bytes[at] & 0xff) != PAYLOAD_MARKER) {
            int head = bytes[at++] & 0xff;
            int delta = head >> 4;
            int length = head & 0xf;
            at += octets(delta) + octets(length);
            if (delta == 15 || length == 15 || at > bytes.length || options.size() == MAX_OPTIONS) {
                return -1;
            }
            number += extended(bytes, delta, at - octets(length));
            int end = at + extended(bytes, length, at);
            if (end > bytes.length) {
                return -1;
            }
            options.add(new CoapOption(number, part(bytes, at, end)));
            at = end;
        }
        return at;
    }

    /// How many octets extend a nibble (RFC 7252 section 3.1).
    private static int octets(int nibble) {
        return nibble == 14 ? 2 : nibble == 13 ? 1 : 0;
    }

    /// @param end behind the octets that extend the nibble
    private static int extended(byte[] bytes, int nibble, int end) {
        return switch (nibble) {
            case 13 -> (bytes[end - 1] & 0xff) + 13;
            case 14 -> (((bytes[end - 2] & 0xff) << 8) | (bytes[end - 1] & 0xff)) + 269;
            default -> nibble;
        };
    }

    private static Payload part(byte[] bytes, int from, int to) {
        return Payload.owned(Arrays.copyOfRange(bytes, from, to));
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + payload.size());
        out.write((VERSION << 6) | (type.number << 4) | token.size());
        out.write(code);
        out.write(id >> 8);
        out.write(id);
        write(out, token);
        int number = 0;
        for (CoapOption option : options) {
            writeHead(out, option.number() - number, option.value().size());
            write(out, option.value());
            number = option.number();
        }
        if (payload.size() > 0) {
            out.write(PAYLOAD_MARKER);
            write(out, payload);
        }
        return out.toByteArray();
    }

    private static void writeHead(ByteArrayOutputStream out, int delta, int length) {
        out.write((nibble(delta) << 4) | nibble(length));
        writeExtension(out, delta);
        writeExtension(out, length);
    }

    private static int nibble(int value) {
        return value >= 269 ? 14 : Math.min(value, 13);
    }

    private static void writeExtension(ByteArrayOutputStream out, int value) {
        if (value >= 269) {
            out.write((value - 269) >> 8);
            out.write(value - 269);
        } else if (value >= 13) {
            out.write(value - 13);
        }
    }

    private static void write(ByteArrayOutputStream out, Payload bytes) {
        out.writeBytes(bytes.toBytes());
    }
}
