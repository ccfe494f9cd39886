package io.berth.storage;

import com.github.benmanes.caffeine.cache.Cache;
import io.berth.core.Slice;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductStore;
import io.berth.core.product.ProductTopic;
import java.util.List;
import java.util.Optional;

/// Keeps products in memory for whoever needs one with every call: a registration, a look at a device. What
/// changes through here is seen at once: the cache finishes a read that began before the change, then forgets
/// it. What another node changes is seen after a while. Unknown products are not remembered. Any thread.
final class KnownProducts implements ProductStore {
    private final ProductStore store;
    private final Cache<String, Product> known;

    KnownProducts(ProductStore store, int size, CacheAge age) {
        this.store = store;
        this.known = age.<String, Product>cache(size).build();
    }

    void forget(String key) {
        known.invalidate(key);
    }

    @Override
    public void insert(Product product) {
        store.insert(product);
    }

    @Override
    public void update(Product product) {
        store.update(product);
        forget(product.key());
    }

    @Override
    public void delete(String key) {
        store.delete(key);
        forget(key);
    }

    @Override
    @SuppressWarnings("NullAway") // the loader may answer null, and then nothing is kept
    public Optional<Product> find(String key) {
        return Optional.ofNullable(known.get(key, missing -> store.find(missing).orElse(null)));
    }

    @Override
    public Optional<Product> findByAlias(String alias) {
        return store.findByAlias(alias);
    }

    @Override
    public Slice.Found<Product> find(ProductFilter where, Slice slice) {
        return store.find(where, slice);
    }

    @Override
    public long count(ProductFilter where) {
        return store.count(where);
    }

    @Override
    public List<ProductTopic> topics(String product) {
        return store.topics(product);
    }

    @Override
    public Optional<ProductTopic> topic(long id) {
        return store.topic(id);
    }

    @Override
    public void update(ProductTopic topic) {
        store.update(topic);
        forget(topic.product());
    }
}
