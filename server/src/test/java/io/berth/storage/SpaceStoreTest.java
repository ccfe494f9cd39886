package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.product.Product;
import io.berth.core.product.Space;
import io.berth.core.product.SpaceStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class SpaceStoreTest {
    private static final int PLENTY = 10;

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private SpaceStore spaces;

    SpaceStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        spaces = storage.spaces();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void there_is_one_default_space_from_the_beginning() {
        assertThat(spaces.all()).singleElement().satisfies(space -> {
            assertThat(space.id()).isEqualTo(Space.DEFAULT_ID);
            assertThat(space.isDefault()).isTrue();
            assertThat(space.created()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
        });
    }

    @Test
    void finds_what_was_inserted_and_lists_by_name() {
        spaces.insert(space("b", "Zebra"), PLENTY);
        spaces.insert(space("a", "Ärzte 🚢"), PLENTY);

        assertThat(spaces.find(id("a"))).contains(space("a", "Ärzte 🚢"));
        assertThat(spaces.find(id("c"))).isEmpty();
        assertThat(spaces.all()).extracting(Space::name).containsExactly("DefaultApp_berth", "Zebra", "Ärzte 🚢");
    }

    @Test
    void a_name_is_taken_once() {
        spaces.insert(space("a", "one"), PLENTY);
        spaces.insert(space("b", "two"), PLENTY);

        assertRefused(Problem.SPACE_EXISTS, () -> spaces.insert(space("c", "one"), PLENTY));
        assertRefused(Problem.SPACE_EXISTS, () -> spaces.update(space("b", "one")));
        spaces.update(space("b", "three"));

        assertThat(spaces.find(id("b")).map(Space::name)).contains("three");
        assertRefused(Problem.SPACE_NOT_FOUND, () -> spaces.update(space("d", "four")));
    }

    @Test
    void there_are_at_most_so_many() {
        spaces.insert(space("a", "one"), 2);

        assertRefused(Problem.LIMIT_REACHED, () -> spaces.insert(space("b", "two"), 2));
        assertThat(spaces.find(id("b"))).isEmpty();
    }

    @Test
    void only_a_space_without_products_is_deleted() {
        spaces.insert(space("a", "one"), PLENTY);
        storage.products().insert(product("pk").edited(new Product.Edit(null, id("a"), null, null)));

        assertRefused(Problem.SPACE_NOT_EMPTY, () -> spaces.delete(id("a")));
        storage.products().delete("pk");
        spaces.delete(id("a"));

        assertThat(spaces.find(id("a"))).isEmpty();
        assertRefused(Problem.SPACE_NOT_FOUND, () -> spaces.delete(id("a")));
    }

    private static String id(String digit) {
        return digit.repeat(32);
    }

    private static Space space(String digit, String name) {
        return new Space(id(digit), name, NOW, false);
    }
}
