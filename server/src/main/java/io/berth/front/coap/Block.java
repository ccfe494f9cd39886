package io.berth.front.coap;

import io.berth.dialect.CoapOption;
import org.jspecify.annotations.Nullable;

/// One block of a body (RFC 7959 section 2.2).
///
/// @param more whether blocks follow
/// @param exponent its size is 16 times two to the power of this
record Block(int number, boolean more, int exponent) {
    private static final int RESERVED = 7;

    /// Null when the message has no such option, or a malformed one, which is nothing either side can work
    /// with.
    static @Nullable Block of(@Nullable CoapOption option) {
        int value = option == null ? -1 : option.asNumber();
        return value < 0 || (value & 7) == RESERVED ? null : new Block(value >> 4, (value & 8) != 0, value & 7);
    }

    int size() {
        return 16 << exponent;
    }

    int offset() {
        return number * size();
    }

    CoapOption option(int optionNumber) {
        return CoapOption.number(optionNumber, (number << 4) | (more ? 8 : 0) | exponent);
    }
}
