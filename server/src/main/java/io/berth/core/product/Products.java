package io.berth.core.product;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
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
        /// What it is called and said to be, its topic classes, its thing model.
        UPDATED,
        DELETED
    }

    /// A product to create; what is null is made up.
    ///
    /// @param space the id of its resource space, null for the default one
    public record Draft(
            String name,
            @Nullable String key,
            @Nullable String alias,
            @Nullable Secret secret,
            AuthKind auth,
            NodeType nodeType,
            DataFormat format,
            boolean dynamicRegistration,
            @Nullable String space,
            Profile profile) {
        /// In the default space, and nothing said of it.
        public Draft(
                String name,
                @Nullable String key,
                @Nullable String alias,
                @Nullable Secret secret,
                AuthKind auth,
                NodeType nodeType,
                DataFormat format,
                boolean dynamicRegistration) {
            this(name, key, alias, secret, auth, nodeType, format, dynamicRegistration, null, Profile.EMPTY);
        }
    }

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
                ThingModel.EMPTY,
                draft.space() != null ? draft.space() : Space.DEFAULT_ID,
                draft.profile(),
                false,
                false);
        store.insert(product);
        changed(product, Change.CREATED);
        return product;
    }

    public Product get(String key) {
        return store.find(key).orElseThrow(() -> notFound(key));
    }

    public Optional<Product> find(String key) {
        return store.find(key);
    }

    public Product getByAlias(String alias) {
        return findByAlias(alias).orElseThrow(() -> notFound(alias));
    }

    public Optional<Product> findByAlias(String alias) {
        return store.findByAlias(alias);
    }

    /// @param name the key or the alias that was asked for
    public static ProblemException notFound(String name) {
        return new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + name + "\"");
    }

    /// Ordered by key.
    public Page<Product> list(ProductFilter where, Page.Request page) {
        List<Product> found = find(where, new Slice(Slice.Order.NAME, page.after(), 0, page.limit() + 1))
                .items();
        return Page.cut(found, page, Product::key);
    }

    public Slice.Found<Product> find(ProductFilter where, Slice slice) {
        return store.find(where, slice);
    }

    public long count(ProductFilter where) {
        return store.count(where);
    }

    /// The product, when it may be changed; PRODUCT_RELEASED when it may not.
    Product changeable(String key) {
        Product product = get(key);
        if (product.released()) {
            throw new ProblemException(
                    Problem.PRODUCT_RELEASED, "product " + key + " is released: take its release back to change it");
        }
        return product;
    }

    public Product edit(String key, Product.Edit edit) {
        return change(changeable(key).edited(edit));
    }

    /// Makes the product read-only, or takes that back.
    public Product release(String key, boolean released) {
        return change(get(key).withReleased(released));
    }

    /// Lets devices register by the product's secret, or no more. A released product too: a secret that got out
    /// must be stoppable at once.
    public Product register(String key, Product.Registration registration) {
        return change(get(key).registering(registration));
    }

    public void delete(String key) {
        Product product = changeable(key);
        store.delete(key);
        changed(product, Change.DELETED);
    }

    /// Adds a topic class, or changes the access of one with the same path.
    public Product allowTopic(String key, TopicClass topic) {
        Product product = changeable(key);
        List<TopicClass> topics = new ArrayList<>(product.topics());
        topics.removeIf(other -> other.path().equals(topic.path()));
        topics.add(topic);
        return change(product.withTopics(topics));
    }

    public Product forbidTopic(String key, String path) {
        Product product = changeable(key);
        List<TopicClass> topics = new ArrayList<>(product.topics());
        topics.removeIf(other -> other.path().equals(path));
        return change(product.withTopics(topics));
    }

    /// The topic classes of the product with their numbers.
    public List<ProductTopic> topics(String key) {
        get(key);
        return store.topics(key);
    }

    /// NOT_FOUND when no product has a topic class with this id.
    public ProductTopic topic(long id) {
        return store.topic(id).orElseThrow(() -> noTopic(id));
    }

    public static ProblemException noTopic(long id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no topic class " + id);
    }

    /// Gives a topic class another path, other rights, another description.
    public ProductTopic changeTopic(ProductTopic changed) {
        changeable(topic(changed.id()).product());
        store.update(changed);
        changed(get(changed.product()), Change.UPDATED);
        return changed;
    }

    private Product change(Product changed) {
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
