package io.berth.core.product;

import io.berth.core.Page;
import java.util.Optional;

/// Where products are kept. Blocking; a returned call is durable.
public interface ProductStore {
    /// PRODUCT_EXISTS when the key or the alias is taken, SPACE_NOT_FOUND.
    void insert(Product product);

    /// Replaces everything but alias, model and creation of the product with this key; PRODUCT_NOT_FOUND,
    /// SPACE_NOT_FOUND.
    void update(Product product);

    /// PRODUCT_NOT_FOUND, or PRODUCT_NOT_EMPTY while it has devices.
    void delete(String key);

    Optional<Product> find(String key);

    Optional<Product> findByAlias(String alias);

    /// Ordered by key.
    Page<Product> list(Page.Request page);
}
