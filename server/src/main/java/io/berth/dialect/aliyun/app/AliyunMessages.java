package io.berth.dialect.aliyun.app;

import io.berth.core.Payload;
import io.berth.core.message.Answer;
import io.berth.core.message.Notification;
import io.berth.dialect.aliyun.device.AlinkCode;
import java.util.Objects;
import java.util.Optional;

/// What devices send on custom topics and answer, and the topics of devices that spoke another vendor's words:
/// the same device may log in by either, and its application shall find it where it always was.
final class AliyunMessages {
    private static final String REPLY = "_reply";
    private static final String OTHER_ROOT = "$oc/devices/";

    private AliyunMessages() {}

    /// Raw bytes of a custom topic. What a device says of itself on system topics is pushed in words of its
    /// own, or not at all.
    static Optional<Notification> custom(AliyunSubject subject) {
        return path(subject).map(path -> subject.raw(path, bytes(subject)));
    }

    /// An event that no thing model knows came on a topic without a name for it: its bytes go as they came.
    static Optional<Notification> unknownEvent(AliyunSubject subject) {
        String topic = subject.event().topic();
        return topic.startsWith(OTHER_ROOT) && topic.endsWith("/sys/events/up")
                ? Optional.of(subject.raw("user/events/up", bytes(subject)))
                : Optional.empty();
    }

    /// The path below the device's own root: `$oc/devices/ID/user/a/b` is `user/a/b`, the system topic for
    /// messages is `user/messages/up`, and what is outside every vendor's space is kept behind `user`.
    private static Optional<String> path(AliyunSubject subject) {
        String topic = subject.event().topic();
        String root = subject.topic("");
        if (topic.startsWith(root)) {
            return Optional.of(topic.substring(root.length()));
        }
        if (topic.startsWith("/sys/")
                || topic.startsWith("/ext/")
                || topic.startsWith("/ota/")
                || topic.startsWith("/shadow/")) {
            return Optional.empty();
        }
        if (!topic.startsWith(OTHER_ROOT)) {
            return Optional.of("user/" + (topic.startsWith("/") ? topic.substring(1) : topic));
        }
        String below = topic.substring(topic.indexOf('/', OTHER_ROOT.length()) + 1);
        if (below.equals("sys/messages/up")) {
            return Optional.of("user/messages/up");
        }
        return below.startsWith("user/") ? Optional.of(below) : Optional.empty();
    }

    private static Payload bytes(AliyunSubject subject) {
        return Objects.requireNonNull(subject.event().origin(), "a message has an origin")
                .payload();
    }

    /// The device's own code where it speaks Alink; success or "request error" where it counts otherwise.
    static int code(AliyunSubject subject, Answer answer) {
        boolean isAlink = subject.event().topic().endsWith(REPLY) && AliyunNotifications.isNumber(answer.code());
        if (isAlink && answer.code().length() <= 9) {
            return Integer.parseInt(answer.code());
        }
        return (answer.succeeded() ? AlinkCode.SUCCESS : AlinkCode.REQUEST_ERROR).number();
    }

    /// Where the request was sent, or would have been sent to a device of this vendor. Another vendor's answer
    /// to a command does not say which service was called.
    static String askedTopic(AliyunSubject subject) {
        String topic = subject.event().topic();
        if (topic.endsWith(REPLY)) {
            return topic.substring(0, topic.length() - REPLY.length());
        }
        String services = "/sys" + subject.topic("thing/service");
        if (topic.contains("/sys/properties/set/")) {
            return services + "/property/set";
        }
        return topic.contains("/sys/properties/get/") ? services + "/property/get" : services;
    }
}
