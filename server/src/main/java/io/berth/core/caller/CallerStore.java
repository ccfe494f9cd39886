package io.berth.core.caller;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where callers are kept. Blocking; a returned call is durable.
public interface CallerStore {
    /// ACCESS_KEY_EXISTS when the id is taken.
    void insert(AccessKey key);

    Optional<AccessKey> findAccessKey(String id);

    List<AccessKey> listAccessKeys();

    /// ACCESS_KEY_NOT_FOUND when there is none.
    void deleteAccessKey(String id);

    /// The salted hash of a user's password.
    Optional<String> findPasswordHash(String user);

    void putPasswordHash(String user, String hash);

    /// Keeps a token by its digest until it expires.
    void insertToken(String digest, String name, Instant expires);

    /// The name of a token that has not expired at `now`.
    Optional<String> findToken(String digest, Instant now);
}
