package io.berth.core.product;

import io.berth.core.Page;
import java.util.Optional;

/// Where products are kept. Blocking; a returned call is durable.
public interface ProductStore {
    /// Throws PRODUCT_EXISTS when the key or the alias is taken.
    void insert(Product product);

    /// Replaces name, secret, switches and topics of the product with this key; PRODUCT_NOT_FOUND when there is none.
    void update(Product product);

    /// PRODUCT_NOT_FOUND, or PRODUCT_NOT_EMPTY while it has devices.
    void delete(String key);

    Optional<Product> find(String key);

    Optional<Product> findByAlias(String alias);

    /// Ordered by key.
    Page<Product> list(Page.Request page);
}
