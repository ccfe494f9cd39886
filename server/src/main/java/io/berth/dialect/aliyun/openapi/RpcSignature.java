package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.login.Refusal.SignatureCheck;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Signature 1.0: HMAC-SHA1 over all parameters (spec aliyun-openapi 2.1).
record RpcSignature(String method, Parameters parameters, Common common, Payload given) implements Signature {
    private static final String METHOD = "HMAC-SHA1";
    private static final String VERSION = "1.0";
    private static final String SIGNATURE = "Signature";

    /// What has another length is no digest, and may be a secret.
    private static final int DIGEST_BYTES = 20;

    /// The parameters every call has.
    record Common(String action, String version, String keyId, String date, String nonce) {}

    static RpcSignature read(Received received) {
        Parameters parameters = received.all();
        Common common = new Common(
                mandatory(parameters, "Action"),
                mandatory(parameters, "Version"),
                mandatory(parameters, "AccessKeyId"),
                mandatory(parameters, "Timestamp"),
                mandatory(parameters, "SignatureNonce"));
        if (parameters.get("SignatureType") != null) {
            throw new GatewayException(GatewayCode.INCOMPLETE_SIGNATURE, "SignatureType is none that is known.");
        }
        if (!METHOD.equals(parameters.get("SignatureMethod"))) {
            throw new GatewayException(GatewayCode.INVALID_SIGNATURE_METHOD, "SignatureMethod is " + METHOD + ".");
        }
        if (!VERSION.equals(parameters.get("SignatureVersion"))) {
            throw new GatewayException(GatewayCode.INCOMPLETE_SIGNATURE, "SignatureVersion is " + VERSION + ".");
        }
        if (parameters.get("SecurityToken") != null) {
            throw new GatewayException(GatewayCode.INVALID_SECURITY_TOKEN);
        }
        return new RpcSignature(received.method(), parameters, common, given(parameters.get(SIGNATURE)));
    }

    @Override
    public String action() {
        return common.action();
    }

    @Override
    public String version() {
        return common.version();
    }

    @Override
    public String keyId() {
        return common.keyId();
    }

    @Override
    public String date() {
        return common.date();
    }

    @Override
    public String nonce() {
        return common.nonce();
    }

    @Override
    public String stringToSign() {
        return stringToSign(parameters, true);
    }

    /// One SDK signs empty values, another sends them unsigned (spec aliyun-openapi 2.1.6).
    @Override
    public boolean isMadeWith(Secret secret) {
        return is(secret, true) || isMadeWithoutEmpty(secret);
    }

    private boolean isMadeWithoutEmpty(Secret secret) {
        return parameters.hasEmpty() && is(secret, false);
    }

    private boolean is(Secret secret, boolean withEmpty) {
        return MessageDigest.isEqual(digest(secret, withEmpty), given.toBytes());
    }

    private byte[] digest(Secret secret, boolean withEmpty) {
        byte[] key = (secret.reveal() + "&").getBytes(UTF_8);
        return Hmac.SHA1.sign(key, stringToSign(parameters, withEmpty).getBytes(UTF_8));
    }

    @Override
    public SignatureCheck check(@Nullable Secret secret, @Nullable Duration skew) {
        boolean withEmpty = secret == null || !isMadeWithoutEmpty(secret);
        return new SignatureCheck(
                "hmacsha1",
                stringToSign(parameters.withoutSecrets(), withEmpty),
                secret == null ? "-" : base64(digest(secret, withEmpty)),
                given.size() == DIGEST_BYTES ? base64(given.toBytes()) : "hidden",
                skew);
    }

    private static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }

    private String stringToSign(Parameters shown, boolean withEmpty) {
        String canonical = shown.canonical(each -> !each.getKey().equals(SIGNATURE)
                && (withEmpty || !each.getValue().isEmpty()));
        return method + "&%2F&" + PercentCode.encode(canonical);
    }

    private static String mandatory(Parameters parameters, String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw GatewayException.missing(name);
        }
        return value;
    }

    private static Payload given(@Nullable String signature) {
        try {
            return Payload.owned(Base64.getDecoder().decode(signature == null ? "" : signature));
        } catch (IllegalArgumentException e) {
            throw new GatewayException(GatewayCode.INCOMPLETE_SIGNATURE, "Signature is not Base64.", e);
        }
    }
}
