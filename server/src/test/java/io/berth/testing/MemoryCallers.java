package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.CallerStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Callers in memory.
public final class MemoryCallers implements CallerStore {
    private final Map<String, AccessKey> keys = new ConcurrentSkipListMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String name, Instant expires) {}

    @Override
    public void insert(AccessKey key) {
        if (keys.putIfAbsent(key.id(), key) != null) {
            throw new ProblemException(Problem.ACCESS_KEY_EXISTS, "there is an access key \"" + key.id() + "\"");
        }
    }

    @Override
    public Optional<AccessKey> findAccessKey(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public List<AccessKey> listAccessKeys() {
        return List.copyOf(keys.values());
    }

    @Override
    public void deleteAccessKey(String id) {
        if (keys.remove(id) == null) {
            throw new ProblemException(Problem.ACCESS_KEY_NOT_FOUND, "no access key \"" + id + "\"");
        }
    }

    @Override
    public Optional<String> findPasswordHash(String user) {
        return Optional.ofNullable(passwords.get(user));
    }

    @Override
    public void putPasswordHash(String user, String hash) {
        passwords.put(user, hash);
    }

    @Override
    public void insertToken(String digest, String name, Instant expires) {
        tokens.put(digest, new Token(name, expires));
    }

    @Override
    public Optional<String> findToken(String digest, Instant now) {
        return Optional.ofNullable(tokens.get(digest))
                .filter(token -> now.isBefore(token.expires()))
                .map(Token::name);
    }
}
