package io.berth.core.subscription;

import java.util.List;
import java.util.Optional;

/// Where relations are kept, at most one of a product; one goes with its product. Blocking; a returned change is
/// durable.
public interface RelationStore {
    /// PRODUCT_NOT_FOUND.
    void put(Relation relation);

    Optional<Relation> find(String product);

    List<Relation> list();

    void delete(String product);
}
