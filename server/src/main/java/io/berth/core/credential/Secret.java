package io.berth.core.credential;

import static io.berth.core.ProblemException.require;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A shared secret: 1 to 256 printable ASCII characters. Compares in constant time and prints as `***`.
public final class Secret {
    private static final int MAX_LENGTH = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    public Secret(String text) {
        require(!text.isEmpty() && text.length() <= MAX_LENGTH, "a secret has 1 to " + MAX_LENGTH + " characters");
        require(text.chars().allMatch(c -> c > ' ' && c < 0x7f), "a secret has only printable ASCII characters");
        this.text = text;
    }

    /// A new secret of 32 hexadecimal digits (128 random bits), the form both vendors give out.
    public static Secret random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /// The secret in clear, for whoever has to sign, encrypt or hand it out.
    public String reveal() {
        return text;
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
