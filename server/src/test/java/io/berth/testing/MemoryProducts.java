package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductStore;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Products;
import io.berth.core.product.Spaces;
import io.berth.core.topic.TopicClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Products of a [MemoryRegistry].
final class MemoryProducts implements ProductStore {
    private final MemoryRegistry registry;

    MemoryProducts(MemoryRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void insert(Product product) {
        registry.demandStore();
        demandSpace(product);
        demandName(product);
        boolean taken = registry.products.values().stream()
                .anyMatch(other ->
                        other.key().equals(product.key()) || other.alias().equals(product.alias()));
        if (taken) {
            throw new ProblemException(Problem.PRODUCT_EXISTS, "there is a product \"" + product.key() + "\"");
        }
        registry.products.put(product.key(), product);
    }

    @Override
    public void update(Product product) {
        demandSpace(product);
        demandName(product);
        if (registry.products.replace(product.key(), product) == null) {
            throw new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + product.key() + "\"");
        }
    }

    @Override
    public void delete(String key) {
        if (registry.devices.keySet().stream().anyMatch(id -> id.product().equals(key))) {
            throw new ProblemException(Problem.PRODUCT_NOT_EMPTY, "product \"" + key + "\" has devices");
        }
        if (registry.products.remove(key) == null) {
            throw new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + key + "\"");
        }
    }

    @Override
    public Optional<Product> find(String key) {
        registry.demandStore();
        return Optional.ofNullable(registry.products.get(key));
    }

    @Override
    public Optional<Product> findByAlias(String alias) {
        registry.demandStore();
        return registry.products.values().stream()
                .filter(product -> product.alias().equals(alias))
                .findFirst();
    }

    private void demandName(Product product) {
        Product before = registry.products.get(product.key());
        boolean keeps = before != null
                && before.name().equals(product.name())
                && before.space().equals(product.space());
        if (!keeps
                && registry.products.values().stream()
                        .anyMatch(other -> other.name().equals(product.name())
                                && other.space().equals(product.space())
                                && !other.key().equals(product.key()))) {
            throw ProductStore.nameTaken(product);
        }
    }

    private void demandSpace(Product product) {
        if (!registry.spaces.containsKey(product.space())) {
            throw Spaces.notFound(product.space());
        }
    }

    @Override
    public Slice.Found<Product> find(ProductFilter where, Slice slice) {
        registry.demandStore();
        return MemoryRegistry.slice(matching(where), Product::key, slice);
    }

    @Override
    public long count(ProductFilter where) {
        return matching(where).count();
    }

    /// No product has a tag here.
    private Stream<Product> matching(ProductFilter where) {
        return registry.products.values().stream()
                .filter(product -> where.spaces().isEmpty() || where.spaces().contains(product.space()))
                .filter(product -> where.name() == null || product.name().equals(where.name()))
                .filter(product -> where.modelled() == null || product.profile().modelled() == where.modelled())
                .filter(_ -> where.tags().isEmpty());
    }

    /// Numbered by what they are: the same class has the same number for as long as it is.
    @Override
    public List<ProductTopic> topics(String product) {
        return find(product).stream()
                .flatMap(found -> found.topics().stream())
                .map(topic -> new ProductTopic(
                        number(product, topic), product, topic, registry.said.getOrDefault(number(product, topic), "")))
                .toList();
    }

    @Override
    public Optional<ProductTopic> topic(long id) {
        return registry.products.keySet().stream()
                .flatMap(product -> topics(product).stream())
                .filter(topic -> topic.id() == id)
                .findFirst();
    }

    @Override
    public void update(ProductTopic changed) {
        Product product = find(changed.product()).orElseThrow(() -> Products.noTopic(changed.id()));
        List<TopicClass> topics = new ArrayList<>(product.topics());
        topics.replaceAll(topic -> number(product.key(), topic) == changed.id() ? changed.topic() : topic);
        registry.numbers.put(product.key() + " " + changed.topic().path(), changed.id());
        registry.said.put(changed.id(), changed.description());
        registry.products.put(product.key(), product.withTopics(topics));
    }

    private long number(String product, TopicClass topic) {
        return registry.numbers.computeIfAbsent(product + " " + topic.path(), _ -> registry.numbers.size() + 1L);
    }
}
