package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import java.util.Collection;
import java.util.SequencedMap;

/// Tags of products, by which they are found (spec aliyun-openapi 3.2). Blocking; any thread.
public final class ProductTags {
    public static final int MAX_TAGS = 100;

    private static final int MAX_KEY = 30;
    private static final int MAX_VALUE = 128;

    private final ProductTagStore store;
    private final Products products;

    public ProductTags(ProductTagStore store, Products products) {
        this.store = store;
        this.products = products;
    }

    public SequencedMap<String, String> find(String product) {
        products.get(product);
        return store.find(product);
    }

    /// INVALID_ARGUMENT names the first tag that cannot be.
    public void put(String product, SequencedMap<String, String> tags) {
        tags.forEach((key, value) -> require(
                isTag(key, value),
                "a product tag has a key of 1 to " + MAX_KEY + " and a value of 1 to " + MAX_VALUE
                        + " characters, not \"" + key + "\""));
        store.put(product, tags, MAX_TAGS);
    }

    public void remove(String product, Collection<String> keys) {
        products.get(product);
        store.remove(product, keys);
    }

    /// For callers who name the tags that cannot be.
    public static boolean isTag(String key, String value) {
        return !key.isEmpty() && key.length() <= MAX_KEY && !value.isEmpty() && value.length() <= MAX_VALUE;
    }
}
