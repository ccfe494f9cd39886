package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapRequest;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.LoginMistake;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /auth`: a device proves that it has its secret, and is given a token (spec aliyun-device 3.1, 3.2).
final class AliyunCoapLogin implements CoapReading.Claim {
    /// Stands in for the secrets of a device that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private static final int MAX_CLAIM = 128;

    private final AliyunSignedBody body;
    private final DeviceId id;
    private final Hmac method;
    private final AliyunCoapFormat answerFormat;
    private final AliyunCoapTokens tokens;
    private final boolean isSecure;

    private AliyunCoapLogin(AliyunSignedBody body, DeviceId id, Hmac method, AliyunCoapFormat answerFormat, Door door) {
        this.body = body;
        this.id = id;
        this.method = method;
        this.answerFormat = answerFormat;
        this.tokens = door.tokens();
        this.isSecure = door.isSecure();
    }

    /// The way in a request took.
    record Door(AliyunCoapTokens tokens, boolean isSecure) {}

    static CoapReading read(CoapRequest request, Door door) {
        if (request.hasUnknownCriticalOption()) {
            return new CoapReading.Answered(CoapCode.BAD_OPTION, "unknown critical option");
        }
        AliyunCoapFormat format = AliyunCoapFormat.of(request.contentFormat()).orElse(null);
        if (format == null) {
            return new CoapReading.Answered(CoapCode.UNSUPPORTED_FORMAT, "unsupported content format");
        }
        AliyunCoapFormat accepted = request.accept() == CoapRequest.NO_FORMAT
                ? format
                : AliyunCoapFormat.of(request.accept()).orElse(null);
        if (accepted == null) {
            return new CoapReading.Answered(CoapCode.NOT_ACCEPTABLE, "unsupported answer format");
        }
        AliyunSignedBody body = format.read(request.payload()).orElse(null);
        if (body == null) {
            return new CoapReading.Answered(CoapCode.BAD_REQUEST, "malformed login");
        }
        return read(body, accepted, door);
    }

    private static CoapReading read(AliyunSignedBody body, AliyunCoapFormat accepted, Door door) {
        String product = body.value("productKey");
        String name = body.value("deviceName");
        if (!DeviceId.isValid(product, name)
                || !body.has("clientId")
                || body.sign().isEmpty()) {
            return malformed(
                    body,
                    null,
                    LoginFault.MISSING_PARAMETER,
                    "productKey, deviceName, clientId or sign is missing",
                    "send all of them, each with a name Berth knows");
        }
        DeviceId id = new DeviceId(product, name);
        Hmac method = body.method().orElse(null);
        if (method == null) {
            return malformed(
                    body,
                    id,
                    LoginFault.UNSUPPORTED_PARAMETER,
                    "signmethod " + body.value("signmethod") + " means nothing here",
                    "use hmacmd5, hmacsha1 or hmacsha256");
        }
        return new AliyunCoapLogin(body, id, method, accepted, door);
    }

    private static CoapReading malformed(
            AliyunSignedBody body, @Nullable DeviceId id, LoginFault fault, String cause, String fix) {
        String claimed = body.value("productKey") + "/" + body.value("deviceName");
        return new CoapReading.Refused(
                CoapCode.BAD_REQUEST,
                id == null ? null : new DeviceRef.ById(id),
                claimed.substring(0, Math.min(MAX_CLAIM, claimed.length())),
                body.fields(),
                LoginFailure.malformed(fault, cause, fix));
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(id);
    }

    @Override
    public Map<String, String> fields() {
        return body.fields();
    }

    @Override
    public CoapVerdict verify(Optional<DeviceSnapshot> found) {
        DeviceSnapshot device = found.orElse(null);
        Secret secret = device == null ? NOBODYS : device.device().secret();
        byte[] expected = method.sign(secret, body.content());
        // the C SDK logs in again at once on 4.01, and without end on 5.00 (spec aliyun-device 3.3)
        if (!Hmac.matches(expected, body.sign()) || device == null) {
            return new CoapVerdict.Refused(
                    CoapCode.FORBIDDEN, () -> device == null ? unknown() : wrong(expected, device));
        }
        if (!device.device().enabled()) {
            return denied(LoginFault.DEVICE_DISABLED, "the device is disabled", "enable it");
        }
        if (device.product().auth() != AuthKind.SECRET) {
            return denied(
                    LoginFault.WRONG_AUTH_KIND,
                    "devices of product " + id.product() + " log in by certificate, this one signed with its secret",
                    "keep the device in a product whose devices use secrets");
        }
        boolean separate = body.value("ackMode").equals("1");
        return new CoapVerdict.Accepted(
                device, tokens.issue(device, separate).thenApply(token -> answerFormat.answer(members(token))));
    }

    private Map<String, Object> members(AliyunCoapTokens.Shown token) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!isSecure) {
            members.put("random", token.random());
            members.put("seqOffset", AliyunCoapTokens.FIRST);
        }
        members.put("token", token.text());
        return members;
    }

    private LoginFailure unknown() {
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.UNKNOWN_DEVICE,
                "there is no device \"" + id.name() + "\" in a product \"" + id.product() + "\"",
                "create it, or check product key and device name burned into the device",
                check("-", "hidden"));
    }

    private LoginFailure wrong(byte[] expected, DeviceSnapshot device) {
        Secret secret = device.device().secret();
        LoginMistake mistake = new AliyunBodyDiagnosis(body, method)
                .find(secret, device.product().secret());
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "the signature is not that of what had to be signed",
                mistake != null ? mistake.fix() : "compare the device's secret, and what it signs with the text below",
                check(HexFormat.of().formatHex(expected), shown(secret, expected.length)));
    }

    private SignatureCheck check(String expected, String given) {
        return new SignatureCheck(AliyunSign.name(method), body.content(), expected, given, null);
    }

    /// What came as far as it may be shown: a secret sent in clear is not.
    private String shown(Secret secret, int digestBytes) {
        String sign = body.sign();
        boolean looksLikeDigest =
                sign.length() == 2 * digestBytes && sign.chars().allMatch(HexFormat::isHexDigit);
        return looksLikeDigest && !sign.equalsIgnoreCase(secret.reveal()) ? sign : "hidden";
    }

    private static CoapVerdict denied(LoginFault fault, String cause, String fix) {
        return new CoapVerdict.Refused(
                CoapCode.FORBIDDEN, () -> new LoginFailure(ConnectAnswer.NOT_AUTHORISED, fault, cause, fix, null));
    }
}
