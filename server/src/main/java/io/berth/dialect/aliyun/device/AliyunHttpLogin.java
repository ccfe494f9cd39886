package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.LoginFault;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `POST /auth`: a login with the device secret that brings a token (spec aliyun-device 2.2), read and not yet
/// verified.
record AliyunHttpLogin(HttpRequest request, AliyunAuth auth, AliyunProof proof, DeviceTokens tokens)
        implements HttpReading.Claim {
    /// Spec aliyun-device 2.2.
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private static final String TYPE = "application/json";
    private static final LoginFailure NO_LOGIN = LoginFailure.malformed(
            LoginFault.NOT_RECOGNISED,
            "the body is no JSON object, or not said to be one",
            "send Content-Type: " + TYPE + " and an object with clientId, productKey, deviceName and sign");

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
            return new HttpReading.Refused(
                    AliyunHttpCode.PARAM_ERROR.answer(),
                    id == null ? null : new DeviceRef.ById(id),
                    auth.claimed(),
                    auth.fields(),
                    Objects.requireNonNull(fault));
        }
        Duration skew = AliyunProof.skew(auth.members().get("timestamp"), request.time());
        return new AliyunHttpLogin(request, auth, auth.proof(id, skew), tokens);
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(proof.id());
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
        if (!proof.holds(found)) {
            return refused(() -> proof.failure(found, diagnosis()));
        }
        DeviceSnapshot device = found.orElseThrow();
        LoginFailure skewed = skewed();
        LoginFailure denied = skewed != null ? skewed : AliyunStanding.fault(device, request.isSecure());
        return denied != null
                ? refused(() -> denied)
                : new HttpVerdict.Accepted(
                        device,
                        tokens.issue(device).thenApply(token -> AliyunHttpCode.success("\"token\":\"" + token + "\"")));
    }

    private static HttpVerdict refused(Supplier<LoginFailure> explanation) {
        return new HttpVerdict.Refused(AliyunHttpCode.AUTH_ERROR.answer(), explanation);
    }

    private @Nullable LoginFailure skewed() {
        Duration skew = proof.skew();
        boolean isNow = skew != null && skew.abs().compareTo(MAX_SKEW) <= 0;
        if (isNow || !auth.members().containsKey("timestamp")) {
            return null;
        }
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.CLOCK_SKEW,
                "the signature is right, but its timestamp is more than " + MAX_SKEW.toMinutes()
                        + " minutes from now, or no milliseconds since 1970",
                "set the device's clock, or leave timestamp out",
                proof.check(proof.given(), proof.given()));
    }

    /// Firmware that signs what a CONNECT has signed makes the mistakes it makes there.
    private AliyunProof.Diagnosis diagnosis() {
        return auth.content().equals(auth.sign().content())
                ? new AliyunDiagnosis(auth.sign(), proof.given(), asConnect())
                : new AliyunBodyDiagnosis(auth);
    }

    private MqttConnect asConnect() {
        String method = auth.members().containsKey("signmethod") ? "signmethod=" + auth.member("signmethod") : "";
        return new MqttConnect(
                auth.member("clientId") + "|" + method + "|",
                proof.id().name() + "&" + proof.id().product(),
                Payload.of(proof.given()),
                4,
                true,
                60,
                request.isSecure(),
                request.time(),
                request.channel());
    }
}
