package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.Fact.Lifecycle.Change;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.product.ThingModels;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryModels;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProductChangesTest {
    private static final Products.Draft LAMP = new Products.Draft(
            "Lamp",
            "a1lamp",
            "lamps",
            null,
            Product.AuthKind.SECRET,
            Product.NodeType.DIRECT,
            Product.DataFormat.JSON,
            false);

    private final TestClock clock = new TestClock();
    private final FakeLog log = new FakeLog();
    private final Events events = new Events(log, clock);
    private final MemoryRegistry registry = new MemoryRegistry();
    private final List<String> others = new ArrayList<>();
    private final ProductChanges changes = new ProductChanges(
            registry.directory(), registry.products(), new Sessions(events, _ -> {}), events, others::add);
    private final Products products = new Products(registry.products(), clock, changes);
    private final ThingModels models = new ThingModels(new MemoryModels(registry), products, clock, changes);

    @Test
    void every_change_of_a_product_is_told_with_the_names_it_had() {
        products.create(LAMP);
        products.allowTopic("a1lamp", new TopicClass("user/news", Access.PUBLISH));
        products.forbidTopic("a1lamp", "user/news");
        models.saveDraft("a1lamp", ThingModel.EMPTY);
        models.publish("a1lamp");
        products.delete("a1lamp");

        assertThat(log.events)
                .extracting(Event::fact)
                .containsExactly(
                        told(Change.CREATED),
                        told(Change.UPDATED),
                        told(Change.UPDATED),
                        told(Change.UPDATED),
                        told(Change.DELETED));
        assertThat(log.events).allSatisfy(event -> {
            assertThat(event.product()).isEqualTo("a1lamp");
            assertThat(event.device()).isNull();
        });
        assertThat(others).hasSize(5).containsOnly("a1lamp");
    }

    private static Fact told(Change change) {
        return new Fact.Lifecycle(change, "lamps", "Lamp");
    }
}
