package io.berth.core.product;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import io.berth.testing.MemoryModels;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReleasedProductTest {
    private static final Product.Edit RENAMED = new Product.Edit("another", null, null, null);

    private final MemoryRegistry registry = new MemoryRegistry();
    private final TestClock clock = new TestClock();
    private final List<String> told = new ArrayList<>();
    private final Products products = new Products(registry.products(), clock, told::add);
    private final ThingModels models = new ThingModels(new MemoryModels(registry), products, clock, told::add);

    /// What changes a product.
    enum Change {
        EDIT,
        ALLOW_TOPIC,
        FORBID_TOPIC,
        SAVE_DRAFT,
        PUBLISH,
        DELETE
    }

    @BeforeEach
    void create() {
        products.create(
                new Products.Draft("p", "pk", null, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false));
        models.saveDraft("pk", ThingModel.EMPTY);
        told.clear();
    }

    @ParameterizedTest
    @EnumSource
    void a_released_product_is_changed_again_only_after_its_release_was_taken_back(Change change) {
        products.release("pk", true);

        assertRefused(Problem.PRODUCT_RELEASED, () -> make(change));
        products.release("pk", false);
        make(change);
    }

    @Test
    void an_edit_leaves_what_it_does_not_name() {
        Profile lamp = Profile.EMPTY.described("a lamp");
        products.edit("pk", new Product.Edit(null, null, DataFormat.RAW, lamp));

        Product edited = products.edit("pk", RENAMED);

        assertThat(edited.name()).isEqualTo("another");
        assertThat(edited.format()).isEqualTo(DataFormat.RAW);
        assertThat(edited.profile()).isEqualTo(lamp);
        assertThat(edited.space()).isEqualTo(Space.DEFAULT_ID);
        assertThat(products.get("pk")).isEqualTo(edited);
        assertThat(told).containsExactly("pk", "pk");
    }

    private void make(Change change) {
        switch (change) {
            case EDIT -> products.edit("pk", RENAMED);
            case ALLOW_TOPIC -> products.allowTopic("pk", new TopicClass("a", Access.BOTH));
            case FORBID_TOPIC -> products.forbidTopic("pk", "user/get");
            case SAVE_DRAFT -> models.saveDraft("pk", ThingModel.EMPTY);
            case PUBLISH -> models.publish("pk");
            case DELETE -> products.delete("pk");
        }
    }
}
