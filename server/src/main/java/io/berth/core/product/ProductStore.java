package io.berth.core.product;

import io.berth.core.Slice;
import java.util.List;
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

    /// The products the filter lets through, by key or by age.
    Slice.Found<Product> find(ProductFilter where, Slice slice);

    long count(ProductFilter where);

    /// The topic classes of a product, in its order.
    List<ProductTopic> topics(String product);

    Optional<ProductTopic> topic(long id);

    /// Replaces path, access and description of the topic class with this id; NOT_FOUND when there is none.
    void update(ProductTopic topic);
}
