package io.berth.dialect;

import io.berth.core.Payload;

/// One option of a CoAP message (RFC 7252 section 5.10).
public record CoapOption(int number, Payload value) {
    public static CoapOption text(int number, String text) {
        return new CoapOption(number, Payload.of(text));
    }

    /// A number in as few octets as it takes (RFC 7252 section 3.2).
    public static CoapOption number(int number, int value) {
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
        byte[] bytes = new byte[octets];
        for (int i = 0; i < octets; i++) {
            bytes[i] = (byte) (value >> (8 * (octets - 1 - i)));
        }
        return new CoapOption(number, Payload.owned(bytes));
    }

    /// The value as a number, -1 when it is too long for one.
    public int asNumber() {
        if (value.size() > 3) {
            return -1;
        }
        int read = 0;
        for (int i = 0; i < value.size(); i++) {
            read = (read << 8) | (value.at(i) & 0xff);
        }
        return read;
    }

    /// Whether who does not know the option must not act on the message.
    public boolean isCritical() {
        return (number & 1) == 1;
    }
}
