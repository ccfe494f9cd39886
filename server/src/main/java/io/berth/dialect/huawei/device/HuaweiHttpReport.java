package io.berth.dialect.huawei.device;

import io.berth.core.Problem;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens.Verdict;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.Route;
import io.berth.dialect.ShownTokens;
import io.berth.dialect.ShownTokens.Shown;
import io.berth.dialect.huawei.device.HuaweiProblems.Fault;
import java.util.Map;
import java.util.Optional;

/// A report under a token (spec huawei-iotda 5.1).
///
/// @param deviceId whose path it came to
/// @param kind the last levels of the topic it would have on MQTT
record HuaweiHttpReport(HttpRequest request, String deviceId, String kind, Shown token, ShownTokens tokens)
        implements HttpReading.Claim {
    private static final HttpAnswer TAKEN = HttpAnswer.empty(200);
    private static final HttpAnswer NO_TOKEN =
            HuaweiHttp.answer(Fault.NOT_AUTHENTIC, "The access_token is missing or not valid.");
    private static final HttpAnswer FOREIGN =
            HuaweiHttp.answer(Problem.TOPIC_FORBIDDEN, "The access_token is of another device.");
    private static final HttpAnswer NOT_UNDERSTOOD =
            HuaweiHttp.answer(Problem.INVALID_ARGUMENT, "The request body is not understood.");

    static HttpReading read(HttpRequest request, String deviceId, String kind, ShownTokens tokens) {
        String text = request.header("access_token");
        if (text == null || text.isEmpty()) {
            return new HttpReading.Answered(NO_TOKEN, "no token");
        }
        Shown token = tokens.open(text);
        if (token != null) {
            return new HuaweiHttpReport(request, deviceId, kind, token, tokens);
        }
        return new HttpReading.Refused(
                NO_TOKEN,
                Device.isAlias(deviceId) ? new DeviceRef.ByAlias(deviceId) : null,
                deviceId.substring(0, Math.min(128, deviceId.length())),
                Map.of("path", kind),
                ShownTokens.forged());
    }

    @Override
    public DeviceRef device() {
        return token.device();
    }

    @Override
    public boolean isLogin() {
        return false;
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("path", kind, "token issued", token.ticket().issued().toString());
    }

    @Override
    public HttpVerdict verify(Optional<DeviceSnapshot> device) {
        if (device.isEmpty()) {
            return new HttpVerdict.Refused(NO_TOKEN, ShownTokens::unknownDevice);
        }
        Verdict verdict = tokens.judge(token, device.get());
        if (verdict != Verdict.GOOD) {
            return new HttpVerdict.Refused(NO_TOKEN, () -> ShownTokens.failure(verdict));
        }
        if (!device.get().device().alias().equals(deviceId)) {
            return new HttpVerdict.Denied(FOREIGN, "not a path of this device");
        }
        return switch (tokens.route("$oc/devices/" + deviceId + "/" + kind)) {
            case Route.Reader reader ->
                new HttpVerdict.Message(device.get(), reader, request.body(), TAKEN, NOT_UNDERSTOOD);
            case Route.Refused refused -> new HttpVerdict.Denied(FOREIGN, refused.reason());
            case Route.Through _ -> new HttpVerdict.Denied(FOREIGN, "the child is not attached here");
        };
    }
}
