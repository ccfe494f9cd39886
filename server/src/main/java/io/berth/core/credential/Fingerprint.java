package io.berth.core.credential;

import static io.berth.core.ProblemException.require;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The digest of a whole certificate, by which one is told from all others: SHA-1 (40 hexadecimal digits,
/// what vendors' interfaces take) or SHA-256 (64). Kept in lower case without colons.
public record Fingerprint(String hex) {
    private static final int SHA1_DIGITS = 40;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public Fingerprint {
        hex = hex.replace(":", "").toLowerCase(Locale.ROOT);
        require(FORM.matcher(hex).matches(), "a fingerprint has 40 (SHA-1) or 64 (SHA-256) hexadecimal digits");
    }

    /// By SHA-256: what Berth itself remembers certificates by.
    public static Fingerprint of(X509Certificate certificate) {
        return new Fingerprint(digest("SHA-256", certificate));
    }

    /// Whether it is that of the certificate, by the digest it was made with.
    public boolean matches(X509Certificate certificate) {
        String other = digest(hex.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256", certificate);
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return hex;
    }

    private static String digest(String algorithm, X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
