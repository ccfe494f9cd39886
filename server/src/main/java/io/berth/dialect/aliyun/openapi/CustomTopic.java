package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Reach;
import io.berth.core.device.Device;
import io.berth.core.product.Product;
import io.berth.core.route.DeviceTopic;
import io.berth.core.topic.Access;
import io.berth.core.topic.Topic;
import io.berth.core.topic.TopicFilter;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A topic of a device outside the vendor's own ones: `/PRODUCT/DEVICE/path`.
///
/// @param path what follows the device
record CustomTopic(Product product, Device device, String path) {
    private static final Pattern FORM = Pattern.compile("/(?!(?:sys|ext|shadow|broadcast|ota)/)([^/]+)/([^/]+)/(.+)");

    static CustomTopic read(Reach reach, String text) {
        Matcher topic = FORM.matcher(text);
        if (!topic.matches() || !Topic.isValid(text)) {
            throw forbidden(text + " is no custom topic of a device");
        }
        Product product = reach.product(topic.group(1));
        return new CustomTopic(product, DeviceName.in(reach, product.key(), topic.group(2)), topic.group(3));
    }

    /// Of a call that names the product beside the topic.
    static CustomTopic read(Reach reach, Product product, String text) {
        if (!text.startsWith("/" + product.key() + "/")) {
            throw forbidden("the topic is none of a device of product " + product.key());
        }
        return read(reach, text);
    }

    /// The same when the product lets its devices hear it.
    CustomTopic heard() {
        return allowed(Access::allowsSubscribe, "subscribe");
    }

    /// The same when the product lets its devices publish on it.
    CustomTopic spoken() {
        return allowed(Access::allowsPublish, "publish on");
    }

    DeviceTopic place() {
        return new DeviceTopic(device.id(), text());
    }

    String text() {
        return "/" + product.key() + "/" + device.id().name() + "/" + path;
    }

    private CustomTopic allowed(Predicate<Access> access, String verb) {
        boolean isAllowed = product.topics().stream()
                .anyMatch(one -> access.test(one.access()) && new TopicFilter(one.path()).matches(path));
        if (!isAllowed) {
            throw forbidden("no topic class of product " + product.key() + " lets devices " + verb + " it");
        }
        return this;
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(Problem.TOPIC_FORBIDDEN, detail);
    }
}
