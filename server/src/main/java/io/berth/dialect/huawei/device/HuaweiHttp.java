package io.berth.dialect.huawei.device;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.Branches;
import io.berth.dialect.ShownTokens;
import io.berth.dialect.TopicTable;
import io.berth.dialect.TopicTable.Match;
import io.berth.dialect.huawei.PercentText;
import io.berth.dialect.huawei.device.HuaweiProblems.Fault;
import java.time.Duration;

/// Huawei's HTTPS (spec huawei-iotda 5.1): a login that brings a token, and reports under the token.
public final class HuaweiHttp implements HttpDialect {
    /// Spec huawei-iotda 5.1.
    private static final int MAX_BODY = 1024 * 1024;

    private static final String ROOT = "/v5/";

    /// What is at a path, and the topic that a report there would have on MQTT: `{}` is the device.
    private static final TopicTable<String> REPORTS = new TopicTable<String>()
            .on("/v5/devices/{device}/sys/properties/report", "sys/properties/report")
            .on("/v5/devices/{device}/sys/messages/up", "sys/messages/up")
            .on(
                    "/v5/devices/{device}/sys/gateway/sub-devices/properties/report",
                    "sys/gateway/sub_devices/properties/report")
            // the vendor's page does not show the last path: the topic's own spelling is taken too
            .on(
                    "/v5/devices/{device}/sys/gateway/sub_devices/properties/report",
                    "sys/gateway/sub_devices/properties/report");

    private final DeviceServices services;
    private final DeviceTokens tokens;

    /// @param services what devices may ask of the platform
    /// @param tokens those of this wire
    public HuaweiHttp(DeviceServices services, DeviceTokens tokens) {
        this.services = services;
        this.tokens = tokens;
    }

    /// How tokens live.
    ///
    /// @param tokenLifetime how long a token is good
    /// @param tokenGrace how long an older token is good after a newer one was issued
    /// @param tokensFollowed of how many devices it is known that a newer token was issued
    public record Rules(Duration tokenLifetime, Duration tokenGrace, int tokensFollowed) {
        public static final Rules DEFAULT = new Rules(Duration.ofDays(1), Duration.ofSeconds(30), 100_000);

        public Rules {
            require(
                    tokenLifetime.toSeconds() >= 60 && tokenLifetime.toDays() <= 365,
                    "huawei-https.token-lifetime is between 1 minute and 365 days");
            require(
                    !tokenGrace.isNegative() && tokenGrace.toHours() < 24,
                    "huawei-https.token-grace is below 24 hours");
            require(tokensFollowed >= 1, "huawei-https.tokens-followed is at least 1");
        }
    }

    @Override
    public String name() {
        return "huawei";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith(ROOT);
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY;
    }

    @Override
    public HttpAnswer answer(HttpFault fault) {
        return switch (fault) {
            case TOO_LARGE -> answer(Problem.TOO_LARGE, "The request body is larger than 1 MB.");
            case TOO_MANY -> answer(Problem.OVERLOADED, "Too many requests.");
            case UNAVAILABLE -> answer(Problem.STORAGE_UNAVAILABLE, "The service is not available now.");
            case INTERNAL -> answer(Problem.INTERNAL, "Internal error.");
        };
    }

    @Override
    public HttpReader open() {
        ShownTokens shown = new ShownTokens(tokens, this::wire);
        return request -> read(request, shown);
    }

    private HttpReading read(HttpRequest request, ShownTokens shown) {
        boolean isLogin = request.path().equals(HuaweiHttpLogin.PATH);
        Match<String> report = isLogin ? null : REPORTS.find(request.path()).orElse(null);
        if (!isLogin && report == null) {
            return new HttpReading.Answered(
                    answer(Fault.NO_SUCH_PATH, "There is nothing at this path."), "unknown path");
        }
        if (!request.method().equals("POST")) {
            return new HttpReading.Answered(answer(Fault.NO_SUCH_METHOD, "Use POST."), "method not allowed");
        }
        return report == null
                ? HuaweiHttpLogin.read(request, services, tokens)
                : HuaweiHttpReport.read(request, deviceId(report), report.handler(), shown);
    }

    /// Empty, which is nobody's, when it is no text.
    private static String deviceId(Match<String> report) {
        try {
            return PercentText.decode(report.variable("device"));
        } catch (ProblemException _) {
            return "";
        }
    }

    private HuaweiWire wire(DeviceSnapshot device) {
        HuaweiWire wire = new HuaweiWire(device, services);
        wire.opened(Branches.CONNECTIONLESS);
        return wire;
    }

    static HttpAnswer answer(Fault fault, String message) {
        return answer(fault.status(), fault.code(), message);
    }

    static HttpAnswer answer(Problem problem, String message) {
        return answer(HuaweiProblems.status(problem), HuaweiProblems.code(problem), message);
    }

    private static HttpAnswer answer(int status, String code, String message) {
        return HttpAnswer.json(status, "{\"error_code\":\"" + code + "\",\"error_msg\":\"" + message + "\"}");
    }
}
