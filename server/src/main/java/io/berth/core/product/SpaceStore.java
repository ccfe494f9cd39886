package io.berth.core.product;

import java.util.List;
import java.util.Optional;

/// Where resource spaces are kept, the default one among them from the beginning. Blocking; a returned change
/// is durable.
public interface SpaceStore {
    /// SPACE_EXISTS when the name is taken, LIMIT_REACHED when there are `max` already.
    void insert(Space space, int max);

    /// Replaces the name; SPACE_NOT_FOUND, SPACE_EXISTS.
    void update(Space space);

    /// SPACE_NOT_FOUND, or SPACE_NOT_EMPTY while it has products.
    void delete(String id);

    Optional<Space> find(String id);

    /// Ordered by name.
    List<Space> all();
}
