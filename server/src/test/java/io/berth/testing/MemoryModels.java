package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.ModelStore;
import io.berth.core.product.ProductStore;
import io.berth.core.thing.ThingModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Thing models in memory.
public final class MemoryModels implements ModelStore {
    private final ProductStore products;
    private final Map<String, ThingModel> drafts = new HashMap<>();
    private final Map<String, List<Version>> published = new HashMap<>();

    public MemoryModels(MemoryRegistry registry) {
        this.products = registry.products();
    }

    @Override
    public synchronized Optional<ThingModel> draft(String product) {
        return Optional.ofNullable(drafts.get(product));
    }

    @Override
    public synchronized void saveDraft(String product, ThingModel model) {
        drafts.put(product, model);
    }

    @Override
    public synchronized Version publish(String product, Label label, Instant now) {
        ThingModel model = drafts.remove(product);
        if (model == null) {
            throw new ProblemException(Problem.MODEL_NOT_FOUND, "there is no draft");
        }
        List<Version> versions = published.computeIfAbsent(product, _ -> new ArrayList<>());
        Version version = new Version(versions.size() + 1, model, now, label);
        versions.addFirst(version);
        products.update(products.find(product).orElseThrow().withModel(model));
        return version;
    }

    @Override
    public synchronized Optional<Version> version(String product, int number) {
        return versions(product).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    @Override
    public synchronized List<Version> versions(String product) {
        return List.copyOf(published.getOrDefault(product, List.of()));
    }
}
