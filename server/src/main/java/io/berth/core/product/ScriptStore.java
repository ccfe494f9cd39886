package io.berth.core.product;

import java.util.Optional;

/// Where scripts are kept, one per product. Blocking; a returned change is durable.
public interface ScriptStore {
    Optional<Script> find(String product);

    /// PRODUCT_NOT_FOUND when there is no such product.
    void put(Script script);

    void delete(String product);
}
