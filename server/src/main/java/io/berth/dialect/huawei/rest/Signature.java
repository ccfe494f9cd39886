package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NOT_AUTHENTIC;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// A signature as the header `Authorization` carries it (spec huawei-iotda 6.1, 6.2).
///
/// @param scope `{yyyyMMdd}/{region}/iotdm` of a derived signature, empty for a plain one
/// @param headers the names of what was signed, in its order
/// @param digest hexadecimal
record Signature(String accessKey, String scope, List<String> headers, String digest) {
    static final String PLAIN = "SDK-HMAC-SHA256";
    static final String DERIVED = "V11-HMAC-SHA256";

    private static final String SERVICE = "iotdm";
    private static final int DERIVED_BYTES = 32;

    boolean isDerived() {
        return !scope.isEmpty();
    }

    String algorithm() {
        return isDerived() ? DERIVED : PLAIN;
    }

    static Signature parse(String authorization) {
        if (authorization.startsWith(PLAIN + " ")) {
            Map<String, String> parts = parts(authorization.substring(PLAIN.length()));
            return new Signature(part(parts, "Access"), "", headers(parts), part(parts, "Signature"));
        }
        if (authorization.startsWith(DERIVED + " ")) {
            Map<String, String> parts = parts(authorization.substring(DERIVED.length()));
            String credential = part(parts, "Credential");
            // keys hold no slash
            int slash = credential.indexOf('/');
            String scope = slash < 0 ? "" : credential.substring(slash + 1);
            if (!scope.matches("[0-9]{8}/[^/]+/" + SERVICE)) {
                throw malformed("Credential is not {key}/{yyyyMMdd}/{region}/" + SERVICE);
            }
            return new Signature(credential.substring(0, slash), scope, headers(parts), part(parts, "Signature"));
        }
        throw malformed("Authorization is neither " + PLAIN + " nor " + DERIVED);
    }

    /// The day of a derived signature is that of its date.
    boolean isOf(String date) {
        return !isDerived() || date.startsWith(scope.substring(0, scope.indexOf('/')));
    }

    /// What the digest of a request has to be.
    ///
    /// @param hash of the canonical request
    byte[] sign(Secret secret, String date, String hash) {
        if (!isDerived()) {
            return Hmac.SHA256.sign(secret, PLAIN + "\n" + date + "\n" + hash);
        }
        String text = DERIVED + "\n" + date + "\n" + scope + "\n" + hash;
        return Hmac.SHA256.sign(
                derived(secret).getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.UTF_8));
    }

    /// Made anew with each request, which takes microseconds: a key that is remembered would tell by its
    /// speed that it exists.
    private String derived(Secret secret) {
        HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                .addIKM(secret.bytes())
                .addSalt(accessKey.getBytes(StandardCharsets.UTF_8))
                .thenExpand(scope.getBytes(StandardCharsets.UTF_8), DERIVED_BYTES);
        try {
            return HexFormat.of().formatHex(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        Arrays.stream(text.split(",")).map(String::strip).forEach(part -> {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        });
        return parts;
    }

    private static String part(Map<String, String> parts, String name) {
        return Optional.ofNullable(parts.get(name))
                .filter(part -> !part.isEmpty())
                .orElseThrow(() -> malformed("Authorization has no " + name));
    }

    private static List<String> headers(Map<String, String> parts) {
        return List.of(part(parts, "SignedHeaders").split(";"));
    }

    private static RestException malformed(String detail) {
        return new RestException(NOT_AUTHENTIC, "Incorrect IAM authentication information: " + detail);
    }
}
