package io.berth.core.product;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.thing.ThingModel;
import java.time.InstantSource;
import java.util.List;

/// The thing models of products: worked on as a draft, met by devices once published. Blocking; any thread.
public final class ThingModels {
    private final ModelStore store;
    private final Products products;
    private final InstantSource clock;
    private final Products.ChangeListener changes;

    public ThingModels(ModelStore store, Products products, InstantSource clock, Products.ChangeListener changes) {
        this.store = store;
        this.products = products;
        this.clock = clock;
        this.changes = changes;
    }

    /// The draft, or the published model when nobody changed it since; EMPTY when there is neither.
    public ThingModel draft(String product) {
        return store.draft(product).orElseGet(() -> products.get(product).model());
    }

    public ThingModel published(String product) {
        return products.get(product).model();
    }

    /// MODEL_NOT_FOUND when it never was, or is too long ago.
    public ModelStore.Version version(String product, int number) {
        products.get(product);
        return store.version(product, number)
                .orElseThrow(() -> new ProblemException(
                        Problem.MODEL_NOT_FOUND, "product " + product + " has no version " + number + " of its model"));
    }

    /// By its name. MODEL_NOT_FOUND.
    public ModelStore.Version version(String product, String name) {
        return versions(product).stream()
                .filter(version -> version.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.MODEL_NOT_FOUND, "product " + product + " has no version " + name + " of its model"));
    }

    public List<ModelStore.Version> versions(String product) {
        products.get(product);
        return store.versions(product);
    }

    public void saveDraft(String product, ThingModel model) {
        products.changeable(product);
        store.saveDraft(product, model);
    }

    /// Makes the draft what devices meet from now on, those that are connected included.
    public ModelStore.Version publish(String product) {
        return publish(product, ModelStore.Label.NONE);
    }

    /// The same under a name that no version that is kept has.
    public synchronized ModelStore.Version publish(String product, ModelStore.Label label) {
        products.changeable(product);
        ProblemException.require(
                label.name().isEmpty()
                        || versions(product).stream()
                                .noneMatch(version -> version.name().equals(label.name())),
                "the model has a version " + label.name() + " already");
        ModelStore.Version published = store.publish(product, label, clock.instant());
        changes.productChanged(product);
        changes.lifecycle(products.get(product), Products.Change.UPDATED);
        return published;
    }
}
