package io.berth.core.line;

import java.util.List;
import java.util.Optional;

/// Where stations are kept, their secrets sealed. Blocking; a returned call is durable.
public interface StationStore {
    /// VERSION_CONFLICT when the name is taken, LIMIT_REACHED when there are so many already.
    void insert(Station station, int most);

    Optional<Station> find(String name);

    /// By name.
    List<Station> list();

    /// NOT_FOUND.
    void delete(String name);
}
