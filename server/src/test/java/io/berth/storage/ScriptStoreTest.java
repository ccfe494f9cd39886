package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.product.Script;
import io.berth.core.product.ScriptStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ScriptStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private ScriptStore scripts;

    ScriptStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        scripts = storage.scripts();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_product_has_one_script() {
        scripts.put(new Script("pk", "first", NOW));
        Script second = new Script("pk", "function rawDataToProtocol(b) { return '温' }\n", NOW.plusSeconds(1));

        scripts.put(second);

        assertThat(scripts.find("pk")).contains(second);
        assertThat(scripts.find("none")).isEmpty();
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> scripts.put(new Script("none", "x", NOW)));
    }

    @Test
    void a_deleted_script_is_gone() {
        scripts.put(new Script("pk", "x", NOW));

        scripts.delete("pk");
        scripts.delete("pk");

        assertThat(scripts.find("pk")).isEmpty();
    }

    @Test
    void a_script_goes_with_its_product() {
        scripts.put(new Script("pk", "x", NOW));

        storage.products().delete("pk");
        storage.products().insert(product("pk"));

        assertThat(scripts.find("pk")).isEmpty();
    }
}
