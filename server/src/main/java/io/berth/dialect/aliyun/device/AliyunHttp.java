package io.berth.dialect.aliyun.device;

import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.ShownTokens;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Alibaba's HTTPS (spec aliyun-device 2): a login that brings a token, and messages under the token. Faults
/// come as codes in the body of a 200; SDKs log in again on 20001 and 20003.
public final class AliyunHttp implements HttpDialect {
    /// Spec aliyun-device 6.
    private static final int MAX_BODY = 128 * 1024;

    private static final String AUTH = "/auth";
    private static final HttpReading NO_PATH = new HttpReading.Answered(HttpAnswer.empty(404), "unknown path");
    private static final HttpReading NO_METHOD = new HttpReading.Answered(HttpAnswer.empty(405), "method not allowed");

    private final DeviceServices services;
    private final DeviceTokens tokens;
    /// A message id is its millisecond and a number, so that ids of later starts are greater.
    private final AtomicLong messageIds;

    private final Map<String, Row> rows;

    /// @param services what devices may ask of the platform
    /// @param tokens those of this wire
    public AliyunHttp(DeviceServices services, DeviceTokens tokens) {
        this.services = services;
        this.tokens = tokens;
        this.messageIds = new AtomicLong(services.clock().instant().toEpochMilli() << 20);
        this.rows = Map.of(
                AUTH, this::auth, AUTH + "/register/device", request -> AliyunHttpRegistration.read(request, services));
    }

    /// What is at one path.
    @FunctionalInterface
    private interface Row {
        HttpReading read(HttpRequest request);
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith(TopicPath.PREFIX) || path.equals(AUTH) || path.startsWith(AUTH + "/");
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY;
    }

    @Override
    public HttpAnswer answer(HttpFault fault) {
        return switch (fault) {
            case TOO_LARGE -> AliyunHttpCode.PARAM_ERROR.answer();
            case TOO_MANY -> AliyunHttpCode.TOO_MANY.answer();
            case UNAVAILABLE, INTERNAL -> AliyunHttpCode.COMMON_ERROR.answer();
        };
    }

    @Override
    public HttpReader open() {
        ShownTokens shown = new ShownTokens(tokens, this::wire);
        return request -> read(request, shown);
    }

    private HttpReading read(HttpRequest request, ShownTokens shown) {
        Row row = rows.get(request.path());
        if (row == null && !request.path().startsWith(TopicPath.PREFIX)) {
            return NO_PATH;
        }
        if (!request.method().equals("POST")) {
            return NO_METHOD;
        }
        return row != null ? row.read(request) : AliyunHttpReport.read(request, shown, this::taken);
    }

    private HttpReading auth(HttpRequest request) {
        return AliyunHttpLogin.read(request, tokens);
    }

    /// The way a message goes: this wire has no gateways and tells devices nothing.
    private AliyunWire wire(DeviceSnapshot device) {
        return new AliyunWire(device, AliyunClientId.parse(""), services);
    }

    private HttpAnswer taken() {
        return AliyunHttpCode.success("\"messageId\":" + messageIds.incrementAndGet());
    }

    /// The text before the parameters of a content type, compared as media types are.
    static boolean isOfType(HttpRequest request, String type) {
        String given = request.header("content-type");
        if (given == null || !given.regionMatches(true, 0, type, 0, type.length())) {
            return false;
        }
        return given.length() == type.length()
                || given.charAt(type.length()) == ';'
                || given.charAt(type.length()) == ' ';
    }
}
