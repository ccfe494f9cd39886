package io.berth.core.product;

import java.util.Collection;
import java.util.SequencedMap;

/// Where the tags of products are kept. Blocking; a returned change is durable.
public interface ProductTagStore {
    /// By key, ordered by key.
    SequencedMap<String, String> find(String product);

    /// Adds tags, or replaces their values; all or none. LIMIT_REACHED when the product would have more than
    /// `max`, PRODUCT_NOT_FOUND.
    void put(String product, SequencedMap<String, String> tags, int max);

    /// Keys that are not there are no error.
    void remove(String product, Collection<String> keys);
}
