package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.device.TagStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class TagStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private TagStore tags;

    TagStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        storage.devices().insert(device("d"));
        tags = storage.tags();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void tags_are_found_in_the_order_of_their_keys() {
        tags.put(id("d"), tagged("b", "1", "A", "2", "a", "楼 3"), 10);

        assertThat(tags.find(id("d"))).containsExactly(Map.entry("A", "2"), Map.entry("a", "楼 3"), Map.entry("b", "1"));
        assertThat(tags.find(id("none"))).isEmpty();
    }

    @Test
    void a_key_that_is_there_gets_the_new_value() {
        tags.put(id("d"), tagged("floor", "1", "room", "x"), 10);
        tags.put(id("d"), tagged("floor", "2"), 10);

        assertThat(tags.find(id("d"))).containsOnly(Map.entry("floor", "2"), Map.entry("room", "x"));
    }

    @Test
    void more_than_the_bound_are_refused_all_together() {
        tags.put(id("d"), tagged("a", "1", "b", "1"), 2);

        assertRefused(Problem.LIMIT_REACHED, () -> tags.put(id("d"), tagged("a", "2", "c", "2"), 2));
        assertThat(tags.find(id("d"))).containsOnly(Map.entry("a", "1"), Map.entry("b", "1"));
        tags.put(id("d"), tagged("b", "3"), 2);
        assertThat(tags.find(id("d"))).containsEntry("b", "3");
    }

    @Test
    void removing_leaves_the_others() {
        tags.put(id("d"), tagged("a", "1", "b", "1"), 10);

        tags.remove(id("d"), List.of("a", "never there"));

        assertThat(tags.find(id("d"))).containsOnlyKeys("b");
    }

    @Test
    void tags_go_with_their_device() {
        tags.put(id("d"), tagged("a", "1"), 10);

        storage.devices().delete(id("d"));

        assertRefused(Problem.DEVICE_NOT_FOUND, () -> tags.put(id("d"), tagged("a", "1"), 10));
        storage.devices().insert(device("d"));
        assertThat(tags.find(id("d"))).isEmpty();
    }

    @Test
    void a_value_with_a_nul_is_kept_without_it() {
        tags.put(id("d"), tagged("a", "x\0y"), 10);

        assertThat(tags.find(id("d"))).containsEntry("a", "x\uFFFDy");
    }

    private static SequencedMap<String, String> tagged(String... keysAndValues) {
        SequencedMap<String, String> tagged = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tagged.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return tagged;
    }
}
