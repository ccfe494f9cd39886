package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.message.Theme;
import io.berth.core.subscription.Relation;
import io.berth.core.subscription.RelationStore;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What products tell consumer groups.
@ParameterizedClass
@EnumSource
final class RelationStoreTest {
    private static final Relation RELATION = new Relation(
            "pk", Set.of("DeviceData", "Status"), Set.of(Theme.PROPERTY, Theme.STATUS), Set.of("g2", "g1"));

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private RelationStore relations;

    RelationStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        relations = storage.relations();
        storage.products().insert(product("pk"));
        storage.products().insert(product("b"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_relation_comes_back_as_it_went_in() {
        Relation none = new Relation("b", Set.of(), Set.of(), Set.of());
        relations.put(RELATION);
        relations.put(none);

        assertThat(relations.find("pk")).contains(RELATION);
        assertThat(relations.find("none")).isEmpty();
        assertThat(relations.list()).containsExactly(none, RELATION);
    }

    @Test
    void a_product_has_one_relation() {
        relations.put(RELATION);
        Relation changed = new Relation("pk", Set.of("Topology"), Set.of(Theme.TOPOLOGY), Set.of("g3"));

        relations.put(changed);

        assertThat(relations.list()).containsExactly(changed);
    }

    @Test
    void a_relation_is_deleted_or_goes_with_its_product() {
        relations.put(RELATION);
        relations.put(new Relation("b", Set.of(), Set.of(), Set.of("g1")));

        relations.delete("pk");
        relations.delete("pk");
        assertThat(relations.list()).extracting(Relation::product).containsExactly("b");
        storage.products().delete("b");
        assertThat(relations.list()).isEmpty();
    }

    @Test
    void there_is_none_of_a_product_that_is_not_there() {
        assertRefused(
                Problem.PRODUCT_NOT_FOUND, () -> relations.put(new Relation("none", Set.of(), Set.of(), Set.of("g1"))));
    }
}
