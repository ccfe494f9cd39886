package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapRequest;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.LoginFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// `POST /auth`: a device proves that it has its secret, and is given a token (spec aliyun-device 3.1, 3.2).
///
/// @param format how the answer is written
record AliyunCoapLogin(AliyunAuth auth, AliyunProof proof, AliyunCoapFormat format, Door door)
        implements CoapReading.Claim {
    private static final LoginFailure NO_LOGIN = LoginFailure.malformed(
            LoginFault.NOT_RECOGNISED,
            "the payload is no JSON object, or no CBOR map where the content format is 60",
            "send productKey, deviceName, clientId, sign and seq; Content-Format 50 for JSON, 60 for CBOR");

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
            return new CoapReading.Refused(
                    CoapCode.BAD_REQUEST,
                    id == null ? null : new DeviceRef.ById(id),
                    auth.claimed(),
                    auth.fields(),
                    Objects.requireNonNull(fault));
        }
        return new AliyunCoapLogin(auth, auth.proof(id, null), accepted, door);
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(proof.id());
    }

    @Override
    public Map<String, String> fields() {
        return auth.fields();
    }

    @Override
    public CoapVerdict verify(Optional<DeviceSnapshot> found) {
        // the C SDK logs in again at once on 4.01, and without end on 5.00 (spec aliyun-device 3.3)
        if (!proof.holds(found)) {
            return new CoapVerdict.Refused(
                    CoapCode.FORBIDDEN, () -> proof.failure(found, new AliyunBodyDiagnosis(auth)));
        }
        DeviceSnapshot device = found.orElseThrow();
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
}
