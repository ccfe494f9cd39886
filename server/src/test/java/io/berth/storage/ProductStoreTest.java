package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Slice;
import io.berth.core.credential.Secret;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductStore;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Profile;
import io.berth.core.product.Space;
import io.berth.core.thing.Module;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ProductStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private ProductStore products;

    ProductStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        products = storage.products();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void finds_what_was_inserted_with_its_topics_in_order() {
        products.insert(product("pk"));

        assertThat(products.find("pk")).contains(product("pk"));
        assertThat(products.find("PK")).isEmpty();
    }

    @Test
    void refuses_a_taken_key_and_a_taken_alias() {
        products.insert(product("pk"));

        assertRefused(Problem.PRODUCT_EXISTS, () -> products.insert(product("pk")));
        assertRefused(Problem.PRODUCT_EXISTS, () -> products.insert(withAlias(product("other"), "alias-pk")));
        assertThat(products.find("other")).isEmpty();
    }

    @Test
    void a_name_is_unique_in_its_space() {
        Space other = new Space("1".repeat(32), "other", NOW, false);
        storage.spaces().insert(other, 10);
        products.insert(product("pk"));
        products.insert(named(product("elsewhere"), product("pk").name(), other.id()));
        products.insert(named(product("second"), "second", Space.DEFAULT_ID));

        assertRefused(
                Problem.PRODUCT_EXISTS,
                () -> products.insert(named(product("third"), product("pk").name(), Space.DEFAULT_ID)));
        assertRefused(
                Problem.PRODUCT_EXISTS,
                () -> products.update(named(product("second"), product("pk").name(), Space.DEFAULT_ID)));
        assertRefused(
                Problem.PRODUCT_EXISTS,
                () -> products.update(named(product("elsewhere"), product("pk").name(), Space.DEFAULT_ID)));
        products.update(product("pk"));
        assertThat(products.find("third")).isEmpty();
        assertThat(products.find("second").orElseThrow().name()).isEqualTo("second");
    }

    private static Product named(Product product, String name, String space) {
        return product.edited(new Product.Edit(name, space, null, product.profile()));
    }

    @Test
    void update_replaces_all_but_alias_model_and_creation() {
        Space space = new Space("1".repeat(32), "other", NOW, false);
        storage.spaces().insert(space, 10);
        products.insert(product("pk"));
        Product changed = new Product(
                "pk",
                "alias-pk",
                "new name",
                new Secret("new-secret"),
                AuthKind.X509,
                NodeType.GATEWAY,
                DataFormat.RAW,
                false,
                List.of(new TopicClass("only", Access.BOTH)),
                NOW,
                ThingModel.EMPTY,
                space.id(),
                new Profile("a description", "lamp", "modbus", "CELLULAR", "Berth & Söhne", "harbour", "Light", false),
                true,
                true);

        products.update(changed);

        assertThat(products.find("pk")).contains(changed);
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> products.update(product("none")));
    }

    @Test
    void deletes_only_products_without_devices() {
        products.insert(product("pk"));
        storage.devices().insert(device("d"));

        assertRefused(Problem.PRODUCT_NOT_EMPTY, () -> products.delete("pk"));
        storage.devices().delete(Samples.id("d"));
        products.delete("pk");

        assertThat(products.find("pk")).isEmpty();
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> products.delete("pk"));
    }

    @Test
    void lists_pages_in_the_order_of_keys() {
        List.of("b", "A", "a", "_", "B").forEach(key -> products.insert(product(key)));

        Slice.Found<Product> first = products.find(ProductFilter.ALL, new Slice(Slice.Order.NAME, null, 0, 3));
        Slice.Found<Product> second = products.find(ProductFilter.ALL, new Slice(Slice.Order.NAME, first.last(), 0, 3));

        assertThat(first.items()).extracting(Product::key).containsExactly("A", "B", "_");
        assertThat(second.items()).extracting(Product::key).containsExactly("a", "b");
        assertThat(second.items().getLast()).isEqualTo(product("b"));
    }

    @Test
    void a_filter_lets_through_what_meets_every_part_of_it() {
        Space space = new Space("1".repeat(32), "other", NOW, false);
        storage.spaces().insert(space, 10);
        Profile plain = new Profile("", "", "", "", "", "", "", false);
        products.insert(product("a"));
        products.insert(product("b").edited(new Product.Edit(null, space.id(), null, plain)));
        products.insert(product("c").edited(new Product.Edit("温度计 a", space.id(), null, null)));
        tag("a", Map.of("site", "1", "line", "2"));
        tag("b", Map.of("site", "1"));

        assertThat(keys(ProductFilter.ALL)).containsExactly("c", "b", "a");
        assertThat(keys(new ProductFilter(Set.of(space.id()), null, Map.of(), null)))
                .containsExactly("c", "b");
        assertThat(keys(new ProductFilter(Set.of(), "温度计 a", Map.of(), null))).containsExactly("c", "a");
        assertThat(keys(new ProductFilter(Set.of(), null, Map.of(), false))).containsExactly("b");
        assertThat(keys(new ProductFilter(Set.of(), null, Map.of("site", "1"), null)))
                .containsExactly("b", "a");
        assertThat(keys(new ProductFilter(Set.of(), null, Map.of("site", "1", "line", "2"), true)))
                .containsExactly("a");
        assertThat(keys(new ProductFilter(Set.of(), null, Map.of("site", "2"), null)))
                .isEmpty();
    }

    private void tag(String product, Map<String, String> tags) {
        storage.productTags().put(product, new TreeMap<>(tags), 10);
    }

    /// The newest first.
    private List<String> keys(ProductFilter filter) {
        Slice.Found<Product> found = products.find(filter, new Slice(Slice.Order.NEWEST_FIRST, null, 0, 10));
        assertThat(products.count(filter)).isEqualTo(found.items().size());
        return found.items().stream().map(Product::key).toList();
    }

    @Test
    void tags_are_put_replaced_and_removed_within_a_bound() {
        products.insert(product("pk"));
        tag("pk", Map.of("a", "1", "b", "2"));
        tag("pk", Map.of("b", "3"));

        assertRefused(Problem.LIMIT_REACHED, () -> storage.productTags().put("pk", new TreeMap<>(Map.of("c", "4")), 2));
        assertThat(storage.productTags().find("pk")).isEqualTo(Map.of("a", "1", "b", "3"));
        storage.productTags().remove("pk", List.of("a", "none"));
        assertThat(storage.productTags().find("pk")).isEqualTo(Map.of("b", "3"));
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> tag("none", Map.of("a", "1")));
        products.delete("pk");
        assertThat(storage.productTags().find("pk")).isEmpty();
    }

    @Test
    void a_topic_class_keeps_its_number_whatever_happens_to_the_others() {
        products.insert(product("pk"));
        ProductTopic get = products.topics("pk").get(1);

        products.update(product("pk").withTopics(List.of(get.topic(), new TopicClass("new", Access.BOTH))));

        assertThat(products.topic(get.id())).contains(get);
        assertThat(products.topics("pk"))
                .extracting(ProductTopic::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
        ProductTopic changed = new ProductTopic(get.id(), "pk", new TopicClass("other", Access.PUBLISH), "说明");
        products.update(changed);
        assertThat(products.topic(get.id())).contains(changed);
        assertThat(products.find("pk").orElseThrow().topics())
                .containsExactly(changed.topic(), new TopicClass("new", Access.BOTH));
        assertThat(products.topic(-1)).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> products.update(new ProductTopic(-1, "pk", changed.topic(), "")));
    }

    @Test
    void a_product_that_was_read_before_is_found_as_it_is_now() {
        products.insert(product("pk"));
        assertThat(products.find("pk")).contains(product("pk"));
        Product renamed = product("pk").edited(new Product.Edit("renamed", null, null, null));

        products.update(renamed);
        assertThat(products.find("pk")).contains(renamed);
        ThingModel model = new ThingModel(
                List.of(new Module("m", "", "", "", Module.Presence.MASTER, List.of(), List.of(), List.of())));
        storage.models().saveDraft("pk", model);
        storage.models().publish("pk", NOW);
        assertThat(products.find("pk").orElseThrow().model()).isEqualTo(model);
        products.delete("pk");
        assertThat(products.find("pk")).isEmpty();
        products.insert(product("pk"));
        assertThat(products.find("pk")).contains(product("pk"));
    }

    @Test
    void a_product_belongs_to_a_space_there_is() {
        products.insert(product("pk"));
        Product elsewhere = product("pk").edited(new Product.Edit(null, "1".repeat(32), null, null));

        assertRefused(Problem.SPACE_NOT_FOUND, () -> products.update(elsewhere));
        products.delete("pk");
        assertRefused(Problem.SPACE_NOT_FOUND, () -> products.insert(elsewhere));
    }

    private static Product withAlias(Product product, String alias) {
        return new Product(
                product.key(),
                alias,
                product.name(),
                product.secret(),
                product.auth(),
                product.nodeType(),
                product.format(),
                product.dynamicRegistration(),
                product.topics(),
                product.created(),
                product.model());
    }
}
