package io.berth.front.http;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.message.Uplink;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Answers with what came; what is asked at `/held` only when the test says so. The device `p/d` logs in with
/// the body `right` and reports without a token.
final class EchoDialect implements HttpDialect {
    static final int MAX_BODY = 1000;
    static final DeviceId DEVICE = new DeviceId("p", "d");

    final CompletableFuture<Void> held = new CompletableFuture<>();

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/echo")
                || path.startsWith("/held")
                || path.startsWith("/broken")
                || path.startsWith("/login")
                || path.startsWith("/report");
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY;
    }

    @Override
    public HttpAnswer answer(HttpFault fault) {
        return HttpAnswer.json(200, "\"" + fault + "\"");
    }

    @Override
    public HttpReader open() {
        return request -> {
            if (request.path().startsWith("/held")) {
                return new HttpReading.Later(() -> {
                    held.join();
                    return echo(request);
                });
            }
            if (request.path().startsWith("/broken/at/once")) {
                throw new IllegalStateException("a fault of ours");
            }
            if (request.path().startsWith("/broken")) {
                return new HttpReading.Later(() -> {
                    throw new IllegalStateException("a fault of ours");
                });
            }
            return request.path().startsWith("/login") || request.path().startsWith("/report")
                    ? new Claimed(request)
                    : echo(request);
        };
    }

    private record Claimed(HttpRequest request) implements HttpReading.Claim {
        @Override
        public DeviceRef device() {
            return new DeviceRef.ById(DEVICE);
        }

        @Override
        public boolean isLogin() {
            return request.path().startsWith("/login");
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("path", request.path());
        }

        @Override
        public HttpVerdict verify(Optional<DeviceSnapshot> device) {
            if (!isLogin()) {
                return new HttpVerdict.Message(
                        device.orElseThrow(),
                        (payload, qos) -> new Reading.Accepted(new Uplink.Message("t", qos, payload), null),
                        request.body(),
                        HttpAnswer.json(200, "taken"),
                        HttpAnswer.json(200, "dropped"));
            }
            return request.body().text().equals("right")
                    ? new HttpVerdict.Accepted(
                            device.orElseThrow(), CompletableFuture.completedFuture(HttpAnswer.json(200, "token")))
                    : new HttpVerdict.Refused(
                            HttpAnswer.json(200, "refused"),
                            () -> new LoginFailure(
                                    ConnectAnswer.BAD_CREDENTIALS, LoginFault.WRONG_SIGNATURE, "wrong", "right", null));
        }
    }

    private static HttpReading echo(HttpRequest request) {
        String query = request.query() == null ? "" : "?" + request.query();
        HttpAnswer answer = HttpAnswer.json(
                200,
                request.method() + " " + request.path() + query + " "
                        + request.body().text());
        return new HttpReading.Served(answer, "served");
    }
}
