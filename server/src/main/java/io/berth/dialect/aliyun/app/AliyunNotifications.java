package io.berth.dialect.aliyun.app;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Answer;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Fact;
import io.berth.core.message.Notification;
import io.berth.dialect.JsonText;
import io.berth.dialect.aliyun.device.AliyunValues;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Events as Alibaba's subscribers know them: a topic that says what it is, and its payload (spec
/// aliyun-openapi 4.3). What the vendor has no words for (products as a whole, the steps of a call before its
/// answer, messages to devices) is not pushed.
public final class AliyunNotifications implements EventFormat {
    private static final int MAX_DIGITS = 18;

    private final DeviceDirectory directory;
    private final Rules rules;
    private final DateTimeFormatter zoned;

    public AliyunNotifications(DeviceDirectory directory, Rules rules) {
        this.directory = directory;
        this.rules = rules;
        this.zoned = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                .withZone(ZoneId.of(rules.zone()));
    }

    /// @param zone of the time texts that name none: `+08:00`, `Asia/Shanghai`
    /// @param tellsSecrets whether the news that a device was made carries its secret, as the vendor's does
    public record Rules(String zone, boolean tellsSecrets) {
        public static final Rules DEFAULT = new Rules("+08:00", false);

        public Rules {
            try {
                var _ = ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new ProblemException(
                        Problem.INVALID_ARGUMENT, "aliyun-events.zone: \"" + zone + "\" is no time zone", e);
            }
        }
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public List<Notification> write(Event event) {
        DeviceId device = event.device();
        if (device == null) {
            return List.of();
        }
        AliyunSubject subject = AliyunSubject.of(event, device, directory);
        return switch (event.fact()) {
            case Fact.Message _ -> AliyunMessages.custom(subject).stream().toList();
            case Fact.Properties(var facts) -> AliyunReportNews.properties(subject, facts);
            case Fact.Happened(var facts) ->
                facts.occurrences().isEmpty()
                        ? AliyunMessages.unknownEvent(subject).stream().toList()
                        : AliyunReportNews.happened(subject, facts);
            case Fact.Status status -> List.of(status(subject, status));
            case Fact.Lifecycle change -> lifecycle(subject, change).stream().toList();
            case Fact.Children change -> List.of(topology(subject, change));
            case Fact.Found(var devices) -> List.of(found(subject, devices));
            case Fact.Tagged(var tags) -> List.of(tagged(subject, tags));
            case Fact.Replied reply ->
                reply.answer() == null ? List.of() : List.of(replied(subject, reply.requestId(), reply.answer()));
            // the gateway tells it
            case Fact.Topology _, Fact.CallProgress _, Fact.MessageProgress _, Fact.Told _ -> List.of();
        };
    }

    /// `lastTime` is when the device was last heard of: a device that comes is heard when its session begins.
    private Notification status(AliyunSubject subject, Fact.Status status) {
        Instant last = status.online() ? status.since() : subject.event().time();
        return new Notification(
                "/as/mqtt/status/" + subject.id().product() + "/" + subject.id().name(),
                subject.identity(JsonText.object().text("status", status.online() ? "online" : "offline"))
                        .text("time", zoned.format(subject.event().time()))
                        .text("utcTime", AliyunTimes.utc(subject.event().time()))
                        .text("lastTime", zoned.format(last))
                        .text("utcLastTime", AliyunTimes.utc(last))
                        .text("clientIp", host(status.address()))
                        .payload(),
                true);
    }

    /// A changed alias or tag, and a reset, are no lifecycle to this vendor.
    private Optional<Notification> lifecycle(AliyunSubject subject, Fact.Lifecycle lifecycle) {
        String action = switch (lifecycle.change()) {
            case CREATED -> "create";
            case DELETED -> "delete";
            case ENABLED -> "enable";
            case DISABLED -> "disable";
            case UPDATED, RESET -> "";
        };
        if (action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(subject.notification(
                "thing/lifecycle",
                JsonText.object()
                        .text("action", action)
                        .text("iotId", lifecycle.alias())
                        .text("productKey", subject.id().product())
                        .text("deviceName", subject.id().name())
                        .text("deviceSecret", secret(subject, action))
                        .number("messageCreateTime", subject.millis())));
    }

    private String secret(AliyunSubject subject, String action) {
        DeviceSnapshot device = subject.device();
        return rules.tellsSecrets() && action.equals("create") && device != null
                ? device.device().secret().reveal()
                : "";
    }

    private Notification topology(AliyunSubject gateway, Fact.Children children) {
        String action = switch (children.change()) {
            case ADDED -> "create";
            case REMOVED -> "delete";
            case ENABLED -> "enable";
            case DISABLED -> "disable";
        };
        return gateway.notification(
                "thing/topo/lifecycle",
                gateway(JsonText.object().text("action", action), gateway, children.devices())
                        .number("messageCreateTime", gateway.millis()));
    }

    private Notification found(AliyunSubject gateway, List<DeviceId> devices) {
        return gateway.notification("thing/list/found", gateway(JsonText.object(), gateway, devices));
    }

    private JsonText gateway(JsonText body, AliyunSubject gateway, List<DeviceId> devices) {
        return body.text("gwIotId", gateway.iotId())
                .text("gwProductKey", gateway.id().product())
                .text("gwDeviceName", gateway.id().name())
                .json("devices", devices.stream().map(this::device).collect(Collectors.joining(",", "[", "]")));
    }

    /// A device that a gateway found need not be registered: then it has no iotId.
    private String device(DeviceId id) {
        String alias = directory
                .await(new DeviceRef.ById(id))
                .map(found -> found.device().alias())
                .orElse("");
        return JsonText.object()
                .text("iotId", alias)
                .text("productKey", id.product())
                .text("deviceName", id.name())
                .end();
    }

    private static Notification tagged(AliyunSubject subject, Map<String, String> tags) {
        String value = new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> JsonText.object()
                                .text("attrKey", tag.getKey())
                                .text("attrValue", tag.getValue())
                                .end())
                        .collect(Collectors.joining(",", "[", "]"));
        return subject.notification(
                "thing/deviceinfo/update",
                subject.identity(JsonText.object()).json("value", value).number("messageCreateTime", subject.millis()));
    }

    private static Notification replied(AliyunSubject subject, String requestId, Answer answer) {
        JsonText body = JsonText.object()
                .number("gmtCreate", subject.millis())
                .text("iotId", subject.iotId())
                .text("productKey", subject.id().product())
                .text("deviceName", subject.id().name());
        if (isNumber(requestId)) {
            body.number("requestId", Long.parseLong(requestId));
        } else {
            body.text("requestId", requestId);
        }
        return subject.notification(
                "thing/downlink/reply/message",
                body.number("code", AliyunMessages.code(subject, answer))
                        .text(
                                "message",
                                answer.message().isEmpty() && answer.succeeded() ? "success" : answer.message())
                        .text("topic", AliyunMessages.askedTopic(subject))
                        .json("data", AliyunValues.write(answer.output())));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// `203.0.113.9:1234` -> `203.0.113.9`, `[2001:db8::1]:1234` -> `2001:db8::1`
    private static String host(String address) {
        int port = address.lastIndexOf(':');
        String host = port < 0 ? address : address.substring(0, port);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
