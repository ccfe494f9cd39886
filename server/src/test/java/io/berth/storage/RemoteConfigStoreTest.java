package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.product.RemoteConfig;
import io.berth.core.product.RemoteConfigStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class RemoteConfigStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private RemoteConfigStore configs;

    RemoteConfigStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        storage.products().insert(product("other"));
        configs = storage.configs();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void the_newest_configuration_replaces_the_one_before() {
        RemoteConfig first = config("1", "pk");
        RemoteConfig second = config("2", "pk");
        RemoteConfig other = config("3", "other");

        configs.put(first);
        configs.put(second);
        configs.put(other);

        assertThat(configs.find("pk")).contains(second);
        assertThat(configs.findById("2")).contains(second);
        assertThat(configs.findById("1")).isEmpty();
        assertThat(configs.find("other")).contains(other);
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> configs.put(config("4", "none")));
    }

    @Test
    void devices_may_have_it_only_once_it_is_enabled() {
        assertThat(configs.isEnabled("pk")).isFalse();
        configs.enable("pk", true);
        configs.enable("pk", true);
        assertThat(configs.isEnabled("pk")).isTrue();
        assertThat(configs.isEnabled("other")).isFalse();

        configs.enable("pk", false);

        assertThat(configs.isEnabled("pk")).isFalse();
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> configs.enable("none", true));
    }

    @Test
    void a_configuration_goes_with_its_product() {
        configs.put(config("1", "pk"));
        configs.enable("pk", true);

        storage.products().delete("pk");
        storage.products().insert(product("pk"));

        assertThat(configs.find("pk")).isEmpty();
        assertThat(configs.findById("1")).isEmpty();
        assertThat(configs.isEnabled("pk")).isFalse();
    }

    private static RemoteConfig config(String id, String product) {
        return new RemoteConfig(id, product, Payload.of("{\"id\":" + id + "}"), "digest-" + id, NOW);
    }
}
