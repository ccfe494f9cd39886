package io.berth.dialect.huawei.app;

import io.berth.core.Payload;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.state.Facts;
import io.berth.core.thing.Module;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.dialect.JsonText;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.device.HuaweiValues;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What devices say: values, messages, events (spec huawei-iotda 9).
final class HuaweiReportNews {
    private static final String ROOT = "$oc/devices/";
    private static final String EVENTS = "sys/events/up";

    private HuaweiReportNews() {}

    /// Nothing when nothing of it fits. A product without a model forwards what its devices report.
    static Optional<Notification> properties(HuaweiSubject subject, Facts facts) {
        List<Sample> told = subject.model().isEmpty()
                ? facts.unfit().stream().map(Facts.Unfit::sample).toList()
                : facts.samples();
        // a model that came or went since then: what was kept is told
        List<Sample> samples = told.isEmpty() ? facts.samples() : told;
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder body = new StringBuilder(128).append("{\"services\":[");
        services(samples, body);
        return Optional.of(subject.notification(
                "device.property", "report", body.append("]}").toString()));
    }

    /// Values of one service and time are one service; a second value of a property begins the next.
    private static void services(List<Sample> samples, StringBuilder out) {
        List<Sample> left = samples;
        String before = "";
        while (!left.isEmpty()) {
            Sample first = left.getFirst();
            String module = Module.moduleOf(first.key());
            List<Sample> others = new ArrayList<>(0);
            Set<String> named = new HashSet<>();
            out.append(before).append("{\"service_id\":");
            ValueJson.quote(HuaweiServiceId.of(module), out);
            out.append(",\"properties\":{");
            for (Sample sample : left) {
                boolean isOfIt = sample.time().equals(first.time())
                        && Module.moduleOf(sample.key()).equals(module);
                if (isOfIt && named.add(sample.key())) {
                    ValueJson.quote(Module.identifierOf(sample.key()), out.append(named.size() > 1 ? "," : ""));
                    HuaweiValues.write(sample.value(), out.append(':'));
                } else {
                    others.add(sample);
                }
            }
            HuaweiStamp.seconds(first.time(), out.append("},\"event_time\":\""));
            out.append("\"}");
            before = ",";
            left = others;
        }
    }

    /// A message on a custom topic, or on the one for messages. What a device says of itself on others is for
    /// the platform.
    static Optional<Notification> message(HuaweiSubject subject) {
        Origin origin = Objects.requireNonNull(subject.event().origin(), "a message has an origin");
        String topic = subject.event().topic();
        String own = "/" + subject.event().product() + "/" + subject.event().deviceName() + "/";
        boolean isOfPlatform = topic.startsWith("/sys/")
                || topic.startsWith("/ext/")
                || topic.startsWith("/ota/")
                || topic.startsWith("/shadow/")
                || isOfSystem(topic);
        if (isOfPlatform) {
            return Optional.empty();
        }
        // a device of another vendor has the topic it would have with this one
        String told = topic.startsWith(own) ? ROOT + subject.deviceId() + "/" + topic.substring(own.length()) : topic;
        return Optional.of(message(subject, told, content(origin.payload()), origin.properties()));
    }

    private static boolean isOfSystem(String topic) {
        if (!topic.startsWith(ROOT)) {
            return false;
        }
        String below = topic.substring(topic.indexOf('/', ROOT.length()) + 1);
        return below.startsWith("sys/") && !below.equals("sys/messages/up");
    }

    /// The vendor forwards no events of devices: they go as the message that its own devices report them with.
    static Optional<Notification> happened(HuaweiSubject subject, Facts facts) {
        String topic = ROOT + subject.deviceId() + "/" + EVENTS;
        if (facts.occurrences().isEmpty()) {
            Origin origin = subject.event().origin();
            return origin == null
                    ? Optional.empty()
                    : Optional.of(message(subject, topic, content(origin.payload()), MessageProperties.NONE));
        }
        StringBuilder services = new StringBuilder(128);
        for (Occurrence each : facts.occurrences()) {
            services.append(services.isEmpty() ? "[" : ",")
                    .append(JsonText.object()
                            .text("service_id", HuaweiServiceId.of(Module.moduleOf(each.key())))
                            .text("event_type", Module.identifierOf(each.key()))
                            .text("event_time", HuaweiStamp.seconds(each.time()))
                            .json("paras", HuaweiValues.write(each.output()))
                            .end());
        }
        String content = JsonText.object()
                .text("object_device_id", subject.deviceId())
                .json("services", services.append(']'))
                .end();
        return Optional.of(message(subject, topic, content, MessageProperties.NONE));
    }

    private static Notification message(
            HuaweiSubject subject, String topic, CharSequence content, MessageProperties properties) {
        JsonText body = JsonText.object().text("topic", topic).json("content", content);
        if (!properties.isEmpty()) {
            body.json("properties", beside(properties));
        }
        return subject.notification("device.message", "report", body.end());
    }

    /// JSON as it came when it is JSON, else text; bytes that are no text in Base64.
    private static String content(Payload payload) {
        String text = payload.text();
        // malformed bytes read as U+FFFD: only where one shows up the strict check has to tell it from a real one
        if (text.indexOf('\uFFFD') >= 0 && payload.utf8().isEmpty()) {
            return quoted(Base64.getEncoder().encodeToString(payload.toBytes()));
        }
        return ValueJson.isWellFormed(payload) ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        ValueJson.quote(text, out);
        return out.toString();
    }

    private static String beside(MessageProperties properties) {
        JsonText out = JsonText.object();
        if (properties.correlation() != null) {
            out.text("correlation_data", properties.correlation().text());
        }
        if (properties.responseTopic() != null) {
            out.text("response_topic", properties.responseTopic());
        }
        StringBuilder words = new StringBuilder(64);
        for (MessageProperties.Word word : properties.user()) {
            words.append(words.isEmpty() ? "[" : ",")
                    .append(JsonText.object()
                            .text("prop_key", word.name())
                            .text("prop_value", word.value())
                            .end());
        }
        return out.json("user_properties", words.isEmpty() ? "[]" : words.append(']'))
                .end();
    }
}
