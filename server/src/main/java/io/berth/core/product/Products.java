package io.berth.core.product;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The registry of products. Blocking; any thread.
public final class Products {
    /// The topic classes every new product starts with (spec aliyun-device 5.1).
    private static final List<TopicClass> FIRST_TOPICS = List.of(
            new TopicClass("user/update", Access.PUBLISH),
            new TopicClass("user/update/error", Access.PUBLISH),
            new TopicClass("user/get", Access.SUBSCRIBE));

    private static final String KEY_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProductStore store;
    private final InstantSource clock;
    private final ChangeListener changes;

    public Products(ProductStore store, InstantSource clock, ChangeListener changes) {
        this.store = store;
        this.clock = clock;
        this.changes = changes;
    }

    /// Told after a product changed, so that caches can forget it.
    @FunctionalInterface
    public interface ChangeListener {
        void productChanged(String key);

        /// The same for whoever follows lifecycles: what it was that changed.
        default void lifecycle(Product product, Change change) {}
    }

    public enum Change {
        CREATED,
        /// Its topic classes or its thing model.
        UPDATED,
        DELETED
    }

    /// A product to create; what is null is made up.
    public record Draft(
            String name,
            @Nullable String key,
            @Nullable String alias,
            @Nullable Secret secret,
            AuthKind auth,
            NodeType nodeType,
            DataFormat format,
            boolean dynamicRegistration) {}

    public Product create(Draft draft) {
        Product product = new Product(
                draft.key() != null ? draft.key() : randomKey(),
                draft.alias() != null ? draft.alias() : randomAlias(),
                draft.name(),
                draft.secret() != null ? draft.secret() : Secret.random(),
                draft.auth(),
                draft.nodeType(),
                draft.format(),
                draft.dynamicRegistration(),
                FIRST_TOPICS,
                clock.instant(),
                ThingModel.EMPTY);
        store.insert(product);
        changed(product, Change.CREATED);
        return product;
    }

    public Product get(String key) {
        return store.find(key)
                .orElseThrow(() -> new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + key + "\""));
    }

    public Optional<Product> find(String key) {
        return store.find(key);
    }

    public Product getByAlias(String alias) {
        return store.findByAlias(alias)
                .orElseThrow(() -> new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + alias + "\""));
    }

    public Page<Product> list(Page.Request page) {
        return store.list(page);
    }

    public void delete(String key) {
        Product product = get(key);
        store.delete(key);
        changed(product, Change.DELETED);
    }

    /// Adds a topic class, or changes the access of one with the same path.
    public Product allowTopic(String key, TopicClass topic) {
        List<TopicClass> topics = new ArrayList<>(get(key).topics());
        topics.removeIf(other -> other.path().equals(topic.path()));
        topics.add(topic);
        return changeTopics(key, topics);
    }

    public Product forbidTopic(String key, String path) {
        List<TopicClass> topics = new ArrayList<>(get(key).topics());
        topics.removeIf(other -> other.path().equals(path));
        return changeTopics(key, topics);
    }

    private Product changeTopics(String key, List<TopicClass> topics) {
        Product changed = get(key).withTopics(topics);
        store.update(changed);
        changed(changed, Change.UPDATED);
        return changed;
    }

    private void changed(Product product, Change change) {
        changes.productChanged(product.key());
        changes.lifecycle(product, change);
    }

    /// Eleven letters beginning with `a1`, the look of the keys that fleets bring along.
    private static String randomKey() {
        StringBuilder key = new StringBuilder("a1");
        while (key.length() < 11) {
            key.append(KEY_LETTERS.charAt(RANDOM.nextInt(KEY_LETTERS.length())));
        }
        return key.toString();
    }

    private static String randomAlias() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
