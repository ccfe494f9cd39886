package io.berth.dialect.aliyun.device;

import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens.Verdict;
import io.berth.core.login.LoginFault;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.Route;
import io.berth.dialect.ShownTokens;
import io.berth.dialect.ShownTokens.Shown;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A message under a token: `POST /topic/<topic>` (spec aliyun-device 2.3).
///
/// @param taken makes the answer to a message that is taken
record AliyunHttpReport(HttpRequest request, String topic, Shown token, ShownTokens tokens, Supplier<HttpAnswer> taken)
        implements HttpReading.Claim {
    private static final String TYPE = "application/octet-stream";
    private static final int MAX_SHOWN = 128;

    static HttpReading read(HttpRequest request, ShownTokens tokens, Supplier<HttpAnswer> taken) {
        String topic = TopicPath.topic(request.path());
        if (topic == null) {
            return refused(
                    request,
                    AliyunHttpCode.PARAM_ERROR,
                    LoginFailure.malformed(
                            LoginFault.UNSUPPORTED_PARAMETER,
                            "the path names no plain topic",
                            "send /topic and the topic: no empty levels, no . and .., no wildcards, no %2F"));
        }
        if (request.query() != null || !AliyunHttp.isOfType(request, TYPE)) {
            return refused(
                    request,
                    AliyunHttpCode.PARAM_ERROR,
                    LoginFailure.malformed(
                            LoginFault.UNSUPPORTED_PARAMETER,
                            request.query() != null ? "the path has a query" : "the content type is another",
                            "send no query, and Content-Type: " + TYPE));
        }
        String text = request.header("password");
        if (text == null || text.isEmpty()) {
            return refused(request, AliyunHttpCode.TOKEN_NULL, ShownTokens.missing("in the header password"));
        }
        Shown token = tokens.open(text);
        if (token == null) {
            return refused(request, AliyunHttpCode.TOKEN_ERROR, ShownTokens.forged());
        }
        return new AliyunHttpReport(request, topic, token, tokens, taken);
    }

    /// Whose the topic seems to be is the device under which the operator looks.
    private static HttpReading refused(HttpRequest request, AliyunHttpCode code, LoginFailure failure) {
        String topic = request.path().substring(TopicPath.PREFIX.length() - 1);
        String shown = topic.substring(0, Math.min(MAX_SHOWN, topic.length()));
        DeviceRef meant = AliyunTopics.owner(topic).map(DeviceRef.ById::new).orElse(null);
        return new HttpReading.Refused(code.answer(), meant, shown, Map.of("topic", shown), failure);
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
        return Map.of("topic", topic, "token issued", token.ticket().issued().toString());
    }

    @Override
    public HttpVerdict verify(Optional<DeviceSnapshot> device) {
        if (device.isEmpty()) {
            return new HttpVerdict.Refused(AliyunHttpCode.TOKEN_ERROR.answer(), ShownTokens::unknownDevice);
        }
        Verdict verdict = tokens.judge(token, device.get());
        if (verdict != Verdict.GOOD) {
            return new HttpVerdict.Refused(code(verdict).answer(), () -> ShownTokens.failure(verdict));
        }
        return switch (tokens.route(topic)) {
            case Route.Reader reader ->
                new HttpVerdict.Message(
                        device.get(), reader, request.body(), taken.get(), AliyunHttpCode.PUBLISH_ERROR.answer());
            case Route.Refused refused ->
                new HttpVerdict.Denied(AliyunHttpCode.PUBLISH_ERROR.answer(), refused.reason());
            case Route.Through _ ->
                new HttpVerdict.Denied(AliyunHttpCode.PUBLISH_ERROR.answer(), "the child is not attached here");
        };
    }

    private static AliyunHttpCode code(Verdict verdict) {
        return switch (verdict) {
            case EXPIRED -> AliyunHttpCode.TOKEN_EXPIRED;
            case DEVICE_DISABLED -> AliyunHttpCode.AUTH_ERROR;
            case GOOD, RENEWED, OUTDATED -> AliyunHttpCode.TOKEN_ERROR;
        };
    }
}
