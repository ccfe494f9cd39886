package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Slice;
import io.berth.core.device.DeviceRef;
import io.berth.core.product.ModelStore;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ModelStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private ModelStore models;

    ModelStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        models = storage.models();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_draft_is_replaced_by_the_next_and_met_by_no_device() {
        models.saveDraft("pk", model("a"));
        models.saveDraft("pk", model("b"));

        assertThat(models.draft("pk")).contains(model("b"));
        assertThat(models.versions("pk")).isEmpty();
        assertThat(published("pk")).isEqualTo(ThingModel.EMPTY);
    }

    @Test
    void publishing_makes_the_draft_the_model_of_the_product() {
        models.saveDraft("pk", model("a"));

        ModelStore.Version first = models.publish("pk", NOW);
        models.saveDraft("pk", model("b"));
        ModelStore.Version second = models.publish("pk", NOW.plusSeconds(1));

        assertThat(first).isEqualTo(new ModelStore.Version(1, model("a"), NOW));
        assertThat(models.draft("pk")).isEmpty();
        assertThat(models.versions("pk")).containsExactly(second, first);
        assertThat(models.version("pk", 1)).contains(first);
        assertThat(models.version("pk", 3)).isEmpty();
        assertThat(published("pk")).isEqualTo(model("b"));
    }

    @Test
    void a_time_is_published_as_it_is_kept() {
        models.saveDraft("pk", model("a"));

        ModelStore.Version version = models.publish("pk", Instant.parse("2026-11-21T10:00:00.123456Z"));

        assertThat(models.version("pk", 1)).contains(version);
    }

    @Test
    void there_is_nothing_to_publish_without_a_draft() {
        assertRefused(Problem.MODEL_NOT_FOUND, () -> models.publish("pk", NOW));
        models.saveDraft("pk", model("a"));
        models.publish("pk", NOW);

        assertRefused(Problem.MODEL_NOT_FOUND, () -> models.publish("pk", NOW));
    }

    @Test
    void the_ten_newest_versions_stay() {
        for (int i = 1; i <= 12; i++) {
            models.saveDraft("pk", model("p" + i));
            models.publish("pk", NOW.plusSeconds(i));
        }

        assertThat(models.versions("pk"))
                .extracting(ModelStore.Version::number)
                .containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3);
        assertThat(models.version("pk", 2)).isEmpty();
        assertThat(published("pk")).isEqualTo(model("p12"));
    }

    @Test
    void only_a_product_has_a_model() {
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> models.saveDraft("none", model("a")));
        assertThat(models.draft("none")).isEmpty();
        assertThat(models.versions("none")).isEmpty();
    }

    @Test
    void a_model_goes_with_its_product_and_another_one_with_the_same_key_starts_anew() {
        models.saveDraft("pk", model("a"));
        models.publish("pk", NOW);
        models.saveDraft("pk", model("a2"));
        assertThat(published("pk")).isEqualTo(model("a"));

        storage.products().delete("pk");
        storage.products().insert(product("pk"));

        assertThat(models.draft("pk")).isEmpty();
        assertThat(published("pk")).isEqualTo(ThingModel.EMPTY);
        models.saveDraft("pk", model("b"));
        assertThat(models.publish("pk", NOW).number()).isEqualTo(1);
        assertThat(published("pk")).isEqualTo(model("b"));
    }

    @Test
    void a_listing_shows_each_product_with_its_own_model() {
        storage.products().insert(product("other"));
        storage.products().insert(product("without"));
        models.saveDraft("pk", model("a"));
        models.publish("pk", NOW);
        models.saveDraft("other", model("b"));
        models.publish("other", NOW);

        assertThat(storage.products()
                        .find(ProductFilter.ALL, new Slice(Slice.Order.NAME, null, 0, 10))
                        .items())
                .extracting(Product::model)
                .containsExactly(model("b"), model("a"), ThingModel.EMPTY);
    }

    @Test
    void everyone_who_holds_a_version_holds_one_instance() {
        models.saveDraft("pk", model("a"));
        models.publish("pk", NOW);
        storage.devices().insert(device("d"));
        storage.devices().insert(device("e"));

        ThingModel ofTheProduct = published("pk");

        assertThat(ofTheDevice("d")).isSameAs(ofTheProduct);
        assertThat(ofTheDevice("e")).isSameAs(ofTheProduct);
    }

    private ThingModel published(String product) {
        return storage.products().find(product).orElseThrow().model();
    }

    private ThingModel ofTheDevice(String name) {
        return await(storage.directory().find(new DeviceRef.ById(id(name))))
                .orElseThrow()
                .product()
                .model();
    }

    private static ThingModel model(String property) {
        Parameter parameter = Parameter.of(property, new DataType.Int(Bounds.of(-40, 120)));
        return new ThingModel(List.of(new Module(
                Module.DEFAULT,
                "",
                "",
                "",
                Module.Presence.MASTER,
                List.of(new Property(parameter, true, true, true)),
                List.of(),
                List.of())));
    }
}
