package io.berth.core.product;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import java.util.List;
import java.util.Optional;

/// Where products are kept. Blocking; a returned call is durable.
public interface ProductStore {
    /// PRODUCT_EXISTS when the key or the alias is taken, or the name in the product's space; SPACE_NOT_FOUND.
    void insert(Product product);

    /// Replaces everything but alias, model and creation of the product with this key; PRODUCT_NOT_FOUND,
    /// SPACE_NOT_FOUND, PRODUCT_EXISTS when the name or the space changes and the name is taken there.
    void update(Product product);

    static ProblemException nameTaken(Product product) {
        return new ProblemException(
                Problem.PRODUCT_EXISTS, "there is a product of the name \"" + product.name() + "\" in its space");
    }

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
