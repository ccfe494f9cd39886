package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.MqttConnect;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `POST /auth`: a login with the device secret that brings a token (spec aliyun-device 2.2), read and not yet
/// verified.
record AliyunHttpLogin(HttpRequest request, AliyunAuth auth, DeviceId id, DeviceTokens tokens)
        implements HttpReading.Claim {
    /// Stands in for the secrets of a device that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    /// Spec aliyun-device 2.2.
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private static final String TYPE = "application/json";
    private static final LoginFailure NO_LOGIN = LoginFailure.malformed(
            LoginFault.NOT_RECOGNISED,
            "the body is no JSON object, or not said to be one",
            "send Content-Type: " + TYPE + " and an object with clientId, productKey, deviceName and sign");
    private static final int MAX_CLAIM = 128;
    private static final int MILLIS_DIGITS = 13;

    static HttpReading read(HttpRequest request, DeviceTokens tokens) {
        Value.Fields body = AliyunHttp.isOfType(request, TYPE)
                ? ValueJson.readFields(request.body()).orElse(null)
                : null;
        if (body == null) {
            return new HttpReading.Refused(
                    AliyunHttpCode.PARAM_ERROR.answer(), null, request.path(), Map.of(), NO_LOGIN);
        }
        AliyunAuth auth = AliyunAuth.of(body);
        DeviceId id = auth.device();
        LoginFailure fault = auth.fault();
        if (fault != null || id == null) {
            String claimed = auth.member("deviceName") + "&" + auth.member("productKey");
            return new HttpReading.Refused(
                    AliyunHttpCode.PARAM_ERROR.answer(),
                    id == null ? null : new DeviceRef.ById(id),
                    claimed.substring(0, Math.min(MAX_CLAIM, claimed.length())),
                    shortened(auth.fields()),
                    Objects.requireNonNull(fault));
        }
        return new AliyunHttpLogin(request, auth, id, tokens);
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(id);
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public Map<String, String> fields() {
        return auth.fields();
    }

    @Override
    public HttpVerdict verify(Optional<DeviceSnapshot> found) {
        DeviceSnapshot device = found.orElse(null);
        Secret secret = device == null ? NOBODYS : device.device().secret();
        byte[] expected = auth.method().sign(secret, auth.content());
        if (!Hmac.matches(expected, auth.member("sign")) || device == null) {
            return refused(() -> device == null ? unknown() : wrong(expected, device));
        }
        // only who knows the secret is told apart, and that for the operator alone
        LoginFailure denied = denied(device, expected);
        return denied != null
                ? refused(() -> denied)
                : new HttpVerdict.Accepted(
                        device,
                        tokens.issue(device).thenApply(token -> AliyunHttpCode.success("\"token\":\"" + token + "\"")));
    }

    private static HttpVerdict refused(Supplier<LoginFailure> explanation) {
        return new HttpVerdict.Refused(AliyunHttpCode.AUTH_ERROR.answer(), explanation);
    }

    private @Nullable LoginFailure denied(DeviceSnapshot device, byte[] expected) {
        Duration skew = skew();
        if (auth.members().containsKey("timestamp")
                && (skew == null || skew.abs().compareTo(MAX_SKEW) > 0)) {
            return new LoginFailure(
                    ConnectAnswer.BAD_CREDENTIALS,
                    LoginFault.CLOCK_SKEW,
                    "the signature is right, but its timestamp is more than " + MAX_SKEW.toMinutes()
                            + " minutes from now, or no milliseconds since 1970",
                    "set the device's clock, or leave timestamp out",
                    check(HexFormat.of().formatHex(expected), auth.member("sign")));
        }
        return AliyunStanding.fault(device, request.isSecure());
    }

    private LoginFailure unknown() {
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.UNKNOWN_DEVICE,
                "there is no device \"" + id.name() + "\" in a product \"" + id.product() + "\"",
                "create it, or check product key and device name burned into the device",
                check("-", shown("")));
    }

    private LoginFailure wrong(byte[] expected, DeviceSnapshot device) {
        Secret secret = device.device().secret();
        LoginMistake mistake = auth.content().equals(auth.sign().content())
                ? new AliyunDiagnosis(auth.sign(), auth.member("sign"), asConnect())
                        .find(secret, device.product().secret())
                : null;
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "sign is not the signature of what had to be signed",
                mistake != null ? mistake.fix() : "compare the device's secret, and what it signs with the text below",
                check(HexFormat.of().formatHex(expected), shown(secret.reveal())));
    }

    /// The same login as a CONNECT: what firmware gets wrong is the same on both wires.
    private MqttConnect asConnect() {
        String method = auth.members().containsKey("signmethod") ? "signmethod=" + auth.member("signmethod") : "";
        return new MqttConnect(
                auth.member("clientId") + "|" + method + "|",
                id.name() + "&" + id.product(),
                Payload.of(auth.member("sign")),
                4,
                true,
                60,
                request.isSecure(),
                request.time(),
                request.channel());
    }

    private SignatureCheck check(String expected, String given) {
        return new SignatureCheck(AliyunSign.name(auth.method()), auth.content(), expected, given, skew());
    }

    /// The signature as far as it may be shown: a secret sent in clear, or cut, or in other letters, is not.
    private String shown(String secret) {
        String sign = auth.member("sign");
        boolean looksLikeDigest = sign.length() >= 32 && sign.chars().allMatch(HexFormat::isHexDigit);
        return looksLikeDigest && !sign.equalsIgnoreCase(secret) ? sign : "hidden";
    }

    /// How far the client's clock is ahead; null when it sent no time, or none that can be one.
    private @Nullable Duration skew() {
        String timestamp = auth.member("timestamp");
        boolean isTime =
                timestamp.length() == MILLIS_DIGITS && timestamp.chars().allMatch(c -> c >= '0' && c <= '9');
        return isTime ? Duration.between(request.time(), Instant.ofEpochMilli(Long.parseLong(timestamp))) : null;
    }

    private static Map<String, String> shortened(Map<String, String> fields) {
        fields.replaceAll((_, value) -> value.substring(0, Math.min(MAX_CLAIM, value.length())));
        return fields;
    }
}
