package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import io.berth.dialect.huawei.device.HuaweiProblems.Fault;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// `POST /v5/device-auth`: a login that brings a token (spec huawei-iotda 5.1). It says in members what a
/// CONNECT says in its client id, and is settled as that CONNECT.
///
/// @param fields what the request said in members: not what it is settled as
record HuaweiHttpLogin(MqttLogin.Claim connect, Map<String, String> fields, DeviceTokens tokens)
        implements HttpReading.Claim {
    static final String PATH = "/v5/device-auth";

    private static final HttpAnswer MALFORMED =
            HuaweiHttp.answer(Fault.MALFORMED, "The request body is not a JSON object.");
    private static final HttpAnswer REFUSED =
            HuaweiHttp.answer(Fault.NOT_AUTHENTIC, "The device is not authenticated.");
    private static final int KEEP_ALIVE = 120;

    static HttpReading read(HttpRequest request, DeviceServices services, DeviceTokens tokens) {
        Value.Fields body = ValueJson.readFields(request.body()).orElse(null);
        if (body == null) {
            return new HttpReading.Answered(MALFORMED, "malformed request");
        }
        Map<String, String> fields = fields(request, body);
        return switch (HuaweiLogin.read(asConnect(request, body), services)) {
            case MqttLogin.Claim claim -> new HuaweiHttpLogin(claim, fields, tokens);
            case MqttLogin.Malformed wrong ->
                new HttpReading.Refused(REFUSED, wrong.device(), wrong.claimed(), fields, wrong.failure());
            // no certificate is shown here, and this vendor has no secrets of products
            case MqttLogin.NotMine _, MqttLogin.Shown _, MqttLogin.Application _ ->
                new HttpReading.Answered(MALFORMED, "malformed request");
        };
    }

    private static MqttConnect asConnect(HttpRequest request, Value.Fields body) {
        String device = HuaweiJson.text(body, "device_id");
        String clientId =
                device + "_0_" + HuaweiJson.word(body, "sign_type") + "_" + HuaweiJson.word(body, "timestamp");
        return new MqttConnect(
                clientId,
                device,
                Payload.of(HuaweiJson.text(body, "password")),
                4,
                true,
                KEEP_ALIVE,
                request.isSecure(),
                request.time(),
                request.channel());
    }

    /// What was read, in the order a person checks it.
    private static Map<String, String> fields(HttpRequest request, Value.Fields body) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("device_id", HuaweiJson.text(body, "device_id"));
        fields.put("sign_type", HuaweiJson.word(body, "sign_type"));
        fields.put("timestamp", HuaweiJson.word(body, "timestamp"));
        fields.put("connection", request.isSecure() ? "encrypted" : "in clear");
        return fields;
    }

    @Override
    public DeviceRef device() {
        return connect.device();
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public HttpVerdict verify(Optional<DeviceSnapshot> device) {
        return switch (connect.verify(device)) {
            case MqttVerdict.Accepted accepted ->
                new HttpVerdict.Accepted(
                        accepted.device(), tokens.issue(accepted.device()).thenApply(this::answer));
            case MqttVerdict.Refused refused -> new HttpVerdict.Refused(REFUSED, refused.explanation());
        };
    }

    private HttpAnswer answer(String token) {
        return HttpAnswer.json(
                200,
                "{\"access_token\":\"" + token + "\",\"expires_in\":"
                        + tokens.lifetime().toSeconds() + "}");
    }
}
