package io.berth.core.line;

import java.time.Instant;
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

    /// Uses a nonce of the station up, also for other nodes and across a restart.
    ///
    /// @return false when it was used before
    boolean use(String station, String nonce, Instant until);

    /// Forgets nonces nobody needs any more.
    void forgetNonces(Instant now);
}
