package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
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
import java.util.Objects;
import java.util.Optional;

/// `POST /auth`: a device proves that it has its secret, and is given a token (spec aliyun-device 3.1, 3.2).
///
/// @param format how the answer is written
record AliyunCoapLogin(AliyunAuth auth, DeviceId id, AliyunCoapFormat format, Door door) implements CoapReading.Claim {
    /// Stands in for the secrets of a device that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private static final LoginFailure NO_LOGIN = LoginFailure.malformed(
            LoginFault.NOT_RECOGNISED,
            "the payload is no JSON object, or no CBOR map where the content format is 60",
            "send productKey, deviceName, clientId, sign and seq; Content-Format 50 for JSON, 60 for CBOR");
    private static final int MAX_CLAIM = 128;

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
        Value.Fields body = format.read(request.payload()).orElse(null);
        if (body == null) {
            return new CoapReading.Refused(
                    CoapCode.BAD_REQUEST,
                    null,
                    "auth",
                    Map.of("bytes", "" + request.payload().size()),
                    NO_LOGIN);
        }
        AliyunAuth auth = AliyunAuth.of(body);
        DeviceId id = auth.device();
        LoginFailure fault = auth.fault();
        if (fault != null || id == null) {
            String claimed = auth.member("productKey") + "/" + auth.member("deviceName");
            return new CoapReading.Refused(
                    CoapCode.BAD_REQUEST,
                    id == null ? null : new DeviceRef.ById(id),
                    claimed.substring(0, Math.min(MAX_CLAIM, claimed.length())),
                    auth.fields(),
                    Objects.requireNonNull(fault));
        }
        return new AliyunCoapLogin(auth, id, accepted, door);
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(id);
    }

    @Override
    public Map<String, String> fields() {
        return auth.fields();
    }

    @Override
    public CoapVerdict verify(Optional<DeviceSnapshot> found) {
        DeviceSnapshot device = found.orElse(null);
        Secret secret = device == null ? NOBODYS : device.device().secret();
        byte[] expected = auth.method().sign(secret, auth.content());
        // the C SDK logs in again at once on 4.01, and without end on 5.00 (spec aliyun-device 3.3)
        if (!Hmac.matches(expected, auth.member("sign")) || device == null) {
            return new CoapVerdict.Refused(
                    CoapCode.FORBIDDEN, () -> device == null ? unknown() : wrong(expected, device));
        }
        LoginFailure fault = AliyunStanding.fault(device, door.isSecure());
        if (fault != null) {
            return new CoapVerdict.Refused(CoapCode.FORBIDDEN, () -> fault);
        }
        boolean separate = auth.member("ackMode").equals("1");
        return new CoapVerdict.Accepted(
                device, door.tokens().issue(device, separate).thenApply(token -> format.answer(members(token))));
    }

    private Map<String, Object> members(AliyunCoapTokens.Shown token) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!door.isSecure()) {
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
        LoginMistake mistake =
                new AliyunBodyDiagnosis(auth).find(secret, device.product().secret());
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "the signature is not that of what had to be signed",
                mistake != null ? mistake.fix() : "compare the device's secret, and what it signs with the text below",
                check(HexFormat.of().formatHex(expected), shown(secret, expected.length)));
    }

    private SignatureCheck check(String expected, String given) {
        return new SignatureCheck(AliyunSign.name(auth.method()), auth.content(), expected, given, null);
    }

    /// What came as far as it may be shown: a secret sent in clear is not.
    private String shown(Secret secret, int digestBytes) {
        String sign = auth.member("sign");
        boolean looksLikeDigest =
                sign.length() == 2 * digestBytes && sign.chars().allMatch(HexFormat::isHexDigit);
        return looksLikeDigest && !sign.equalsIgnoreCase(secret.reveal()) ? sign : "hidden";
    }
}
