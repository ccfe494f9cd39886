package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.Products;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.topic.Topic;
import io.berth.dialect.huawei.HuaweiStamp;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Messages to all devices of a resource space that are online and asked for them (spec huawei-iotda 7.5).
final class HuaweiBroadcastRoutes {
    private static final String ROOT = "$oc/broadcast/";
    private static final int MAX_ENCODED = 128 * 1024;
    private static final int MAX_ID = 100;

    private final Products products;
    private final Downlinks downlinks;
    private final Messages messages;
    private final InstantSource clock;

    HuaweiBroadcastRoutes(RestServices services) {
        this.products = services.products();
        this.downlinks = services.downlinks();
        this.messages = services.messages();
        this.clock = services.clock();
    }

    /// @param message base64
    /// @param ttl minutes for which it is kept for those who are not online: only 0 is understood
    record NewBroadcast(
            @Nullable String appId,
            String topicFullName,
            String message,
            @Nullable Integer ttl,
            @Nullable String messageId) {}

    record Sent(String appId, String topicFullName, String messageId, String createdTime) {}

    Sent send(RestCall<NewBroadcast> call) {
        NewBroadcast wanted = call.input();
        String topic = wanted.topicFullName();
        require(topic.startsWith(ROOT) && topic.length() > ROOT.length(), "\"topic_full_name\" begins with " + ROOT);
        require(wanted.message().length() <= MAX_ENCODED, "\"message\" has at most " + MAX_ENCODED + " characters");
        String id = Objects.requireNonNullElseGet(wanted.messageId(), messages::nextId);
        require(!id.isEmpty() && id.length() <= MAX_ID, "\"message_id\" has 1 to " + MAX_ID + " characters");
        int ttl = Objects.requireNonNullElse(wanted.ttl(), 0);
        NewMessage.demandTtl(ttl);
        if (ttl != 0) {
            throw new ProblemException(Problem.UNSUPPORTED, "Berth keeps no broadcasts: \"ttl\" must be 0");
        }
        String space = call.sight().space(wanted.appId()).id();
        Downlink.Broadcast broadcast =
                new Downlink.Broadcast(new Topic(topic).text(), NewMessage.base64("message", wanted.message()));
        ProductFilter inSpace = new ProductFilter(Set.of(space), null, Map.of(), null);
        String after = null;
        do {
            Page<Product> page = products.list(inSpace, new Page.Request(after, Page.Request.MAX_LIMIT));
            page.items().forEach(product -> downlinks.broadcast(product.key(), broadcast));
            after = page.next();
        } while (after != null);
        return new Sent(space, topic, id, HuaweiStamp.seconds(clock.instant()));
    }
}
