package io.berth.core.login;

import java.nio.ByteBuffer;

/// ASCII in seven bits a character: what a device's buffer has room for is counted in single characters.
final class SevenBits {
    private static final int BITS = 7;

    private SevenBits() {}

    static byte[] packed(String ascii) {
        byte[] packed = new byte[(ascii.length() * BITS + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < ascii.length(); i++) {
            for (int bit = 0; bit < BITS; bit++) {
                if ((ascii.charAt(i) >> bit & 1) != 0) {
                    int place = i * BITS + bit;
                    packed[place / Byte.SIZE] |= (byte) (1 << (place % Byte.SIZE));
                }
            }
        }
        return packed;
    }

    /// Everything that remains in the buffer.
    static String unpacked(ByteBuffer in) {
        byte[] packed = new byte[in.remaining()];
        in.get(packed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; (i + 1) * BITS <= packed.length * Byte.SIZE; i++) {
            int character = 0;
            for (int bit = 0; bit < BITS; bit++) {
                int place = i * BITS + bit;
                character |= (packed[place / Byte.SIZE] >> (place % Byte.SIZE) & 1) << bit;
            }
            if (character != 0) { // what fills the last octet
                text.append((char) character);
            }
        }
        return text.toString();
    }
}
