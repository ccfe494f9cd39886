package io.berth.rule.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// What the vendor calls to encrypt a field: a digest, in small hexadecimal letters.
record Digest(String algorithm) {
    private static final Map<String, String> ALGORITHMS = Map.of(
            "MD2", "MD2", "MD5", "MD5", "SHA1", "SHA-1", "SHA-256", "SHA-256", "SHA-384", "SHA-384", "SHA-512",
            "SHA-512");

    static Digest named(String name) {
        String algorithm = ALGORITHMS.get(name);
        if (algorithm == null) {
            throw FunctionTable.refusal("crypto knows MD2, MD5, SHA1, SHA-256, SHA-384 and SHA-512, not " + name);
        }
        return new Digest(algorithm);
    }

    String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
