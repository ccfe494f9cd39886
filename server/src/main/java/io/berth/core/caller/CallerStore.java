package io.berth.core.caller;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where users and bearer tokens are kept. Blocking; a returned change is durable.
public interface CallerStore {
    /// USER_EXISTS when the name is taken, LIMIT_REACHED when there are [Users#MOST] already.
    void insert(User user, String passwordHash);

    /// By name.
    List<User> listUsers();

    /// From memory, mostly: asked at each call with a token. What changes through this store is seen at once.
    Optional<User> findUser(String name);

    /// The salted hash of a user's password.
    Optional<String> findPasswordHash(String user);

    /// Replaces the hash and ends the user's tokens. NOT_FOUND when there is no such user.
    void putPasswordHash(String user, String hash);

    /// Replaces all but name and password. NOT_FOUND; LIMIT_REACHED when no administrator would be left.
    void update(User user);

    /// Deletes the user with all tokens. NOT_FOUND; LIMIT_REACHED when no administrator would be left.
    void deleteUser(String name);

    void insertToken(BearerToken token);

    /// A token that has not expired at `now`.
    Optional<BearerToken> findToken(String digest, Instant now);

    /// Tokens with rights of their own that have not expired at `now`, by name.
    List<BearerToken> listNamedTokens(Instant now);

    /// Ends all tokens with rights of their own of that name. NOT_FOUND when there is none.
    void deleteNamedTokens(String name);
}
