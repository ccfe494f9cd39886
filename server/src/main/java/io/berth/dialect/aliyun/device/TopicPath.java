package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.topic.Topic;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// The topic that the path of a request names: what stands behind `/topic` (spec aliyun-device 2.3).
final class TopicPath {
    static final String PREFIX = "/topic/";

    private TopicPath() {}

    /// Null when it names none: with empty levels, `.` and `..`, and where a percent sign stands for nothing,
    /// for what separates levels or for a control character. Whoever needs those is up to something.
    static @Nullable String topic(String path) {
        String topic = path.substring(PREFIX.length() - 1);
        if (!isPrintable(topic)) {
            return null;
        }
        if (topic.indexOf('%') >= 0) {
            topic = decoded(topic);
        }
        return topic != null && hasLevels(topic) && Topic.isValid(topic) ? topic : null;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLevels(String topic) {
        return !topic.contains("//")
                && !topic.endsWith("/")
                && !(topic + "/").contains("/./")
                && !(topic + "/").contains("/../");
    }

    private static @Nullable String decoded(String topic) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(topic.length());
        for (int i = 0; i < topic.length(); i++) {
            if (topic.charAt(i) != '%') {
                out.write(topic.charAt(i));
                continue;
            }
            int octet = i + 2 < topic.length() ? octet(topic.charAt(i + 1), topic.charAt(i + 2)) : -1;
            if (octet < ' ' || octet == 0x7f || "/%?".indexOf(octet) >= 0) {
                return null;
            }
            out.write(octet);
            i += 2;
        }
        return Payload.owned(out.toByteArray()).utf8().orElse(null);
    }

    private static int octet(char high, char low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }
}
