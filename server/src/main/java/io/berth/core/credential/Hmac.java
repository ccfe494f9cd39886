package io.berth.core.credential;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keyed digests as device logins use them. Each thread reuses one `Mac` per algorithm, so a digest allocates little.
@SuppressWarnings("ImmutableEnumChecker") // a Mac per thread is state nobody can see
public enum Hmac {
    MD5("HmacMD5"),
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256");

    private final String algorithm;
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::newMac);

    Hmac(String algorithm) {
        this.algorithm = algorithm;
    }

    public byte[] sign(byte[] key, byte[] content) {
        Mac mac = macs.get();
        try {
            mac.init(new SecretKeySpec(key, algorithm));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
        return mac.doFinal(content);
    }

    public byte[] sign(Secret key, String content) {
        return sign(key.bytes(), content.getBytes(StandardCharsets.UTF_8));
    }

    /// The digest as lower-case hexadecimal.
    public String hex(byte[] key, byte[] content) {
        return HexFormat.of().formatHex(sign(key, content));
    }

    /// Compares a digest in hexadecimal of any case with the expected one, in constant time.
    public static boolean matches(byte[] expected, String given) {
        return MessageDigest.isEqual(
                HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII),
                given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private Mac newMac() {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
