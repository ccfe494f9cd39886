package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.assertRefused;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.product;
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
import io.berth.core.product.Profile;
import io.berth.core.product.Space;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.nio.file.Path;
import java.util.List;
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
