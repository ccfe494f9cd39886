package io.berth.core.caller;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Texts nobody guesses.
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String base64(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(bytes));
    }

    static String hex(int bytes) {
        return HexFormat.of().withUpperCase().formatHex(random(bytes));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
