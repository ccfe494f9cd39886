package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.login.Refusal.SignatureCheck;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Signature 3, `ACS3-HMAC-SHA256`: over query, body and headers (spec aliyun-openapi 2.2).
///
/// @param signed the names of the headers, in their order
/// @param given in hexadecimal
record HeaderSignature(Received received, List<String> signed, String keyId, String given, String stringToSign)
        implements Signature {
    private static final String SCHEME = "ACS3-HMAC-SHA256";
    private static final String ACTION = "x-acs-action";
    private static final String VERSION = "x-acs-version";
    private static final String DATE = "x-acs-date";
    private static final String NONCE = "x-acs-signature-nonce";
    private static final String BODY_HASH = "x-acs-content-sha256";

    /// What must be signed, or it could be exchanged.
    private static final List<String> SIGNED = List.of(ACTION, VERSION, DATE, NONCE, BODY_HASH);

    /// What has another form is no digest, and may be a secret.
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    static HeaderSignature read(Received received, String authorization) {
        if (!authorization.startsWith(SCHEME + " ")) {
            throw new GatewayException(GatewayCode.INVALID_SIGNATURE_METHOD, "Authorization is of " + SCHEME + ".");
        }
        // one SDK names the headers before the signature, another after it
        Map<String, String> parts = parts(authorization.substring(SCHEME.length() + 1));
        List<String> signed = List.of(part(parts, "SignedHeaders").split(";"));
        if (!signed.containsAll(SIGNED)) {
            throw new GatewayException(
                    GatewayCode.INCOMPLETE_SIGNATURE, "The signed headers include " + String.join(", ", SIGNED) + ".");
        }
        if (received.header("x-acs-security-token") != null) {
            throw new GatewayException(GatewayCode.INVALID_SECURITY_TOKEN);
        }
        demandHash(received);
        String canonical = canonical(received, received.query(), signed);
        return new HeaderSignature(
                received,
                signed,
                part(parts, "Credential"),
                part(parts, "Signature"),
                SCHEME + "\n" + sha256(Payload.of(canonical)));
    }

    @Override
    public String action() {
        return header(received, ACTION);
    }

    @Override
    public String version() {
        return header(received, VERSION);
    }

    @Override
    public String date() {
        return header(received, DATE);
    }

    @Override
    public String nonce() {
        return header(received, NONCE);
    }

    @Override
    public boolean isMadeWith(Secret secret) {
        return Hmac.matches(Hmac.SHA256.sign(secret, stringToSign), given);
    }

    /// The string to sign is but a hash: behind it stands what was hashed.
    @Override
    public SignatureCheck check(@Nullable Secret secret, @Nullable Duration skew) {
        return new SignatureCheck(
                "hmacsha256",
                stringToSign + "\n\n" + canonical(received, received.query().withoutSecrets(), signed),
                secret == null ? "-" : HexFormat.of().formatHex(Hmac.SHA256.sign(secret, stringToSign)),
                DIGEST.matcher(given).matches() ? given : "hidden",
                skew);
    }

    private static String canonical(Received received, Parameters query, List<String> signed) {
        StringBuilder canonical = new StringBuilder(1024)
                .append(received.method())
                .append("\n/\n")
                .append(query.canonical(_ -> true))
                .append('\n');
        for (String name : signed) {
            canonical.append(name).append(':').append(header(received, name)).append('\n');
        }
        return canonical
                .append('\n')
                .append(String.join(";", signed))
                .append('\n')
                .append(header(received, BODY_HASH))
                .toString();
    }

    /// The hash is signed, the body is not: so the hash must be the body's.
    private static void demandHash(Received received) {
        byte[] actual = sha256(received.body()).getBytes(UTF_8);
        if (!MessageDigest.isEqual(
                actual, header(received, BODY_HASH).toLowerCase(Locale.ROOT).getBytes(UTF_8))) {
            throw new GatewayException(GatewayCode.INCOMPLETE_SIGNATURE, BODY_HASH + " is not that of the body.");
        }
    }

    /// A signed header that did not come counts as empty, and the signature as wrong.
    private static String header(Received received, String name) {
        String value = received.header(name);
        if (value == null && SIGNED.contains(name)) {
            throw new GatewayException(GatewayCode.INCOMPLETE_SIGNATURE, name + " is missing.");
        }
        return value == null ? "" : value;
    }

    private static Map<String, String> parts(String credentials) {
        Map<String, String> parts = new HashMap<>();
        Arrays.stream(credentials.split(",")).map(String::strip).forEach(part -> {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        });
        return parts;
    }

    private static String part(Map<String, String> parts, String name) {
        String value = parts.get(name);
        if (value == null || value.isEmpty()) {
            throw new GatewayException(GatewayCode.INCOMPLETE_SIGNATURE, name + " is missing in Authorization.");
        }
        return value;
    }

    private static String sha256(Payload content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.buffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
