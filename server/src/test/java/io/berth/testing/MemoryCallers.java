package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.BearerToken;
import io.berth.core.caller.CallerStore;
import io.berth.core.caller.PasswordHashing;
import io.berth.core.caller.User;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Users and tokens in memory.
public final class MemoryCallers implements CallerStore {
    /// Costs a test little.
    public static final PasswordHashing QUICK_HASHING = new PasswordHashing(1_000);

    private final Map<String, User> users = new ConcurrentSkipListMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();
    private final Map<String, BearerToken> tokens = new ConcurrentHashMap<>();

    @Override
    public void insert(User user, String passwordHash) {
        if (users.putIfAbsent(user.name(), user) != null) {
            throw new ProblemException(Problem.USER_EXISTS, "user \"" + user.name() + "\" exists");
        }
        hashes.put(user.name(), passwordHash);
    }

    @Override
    public List<User> listUsers() {
        return List.copyOf(users.values());
    }

    @Override
    public Optional<User> findUser(String name) {
        return Optional.ofNullable(users.get(name));
    }

    @Override
    public Optional<String> findPasswordHash(String user) {
        return Optional.ofNullable(hashes.get(user));
    }

    @Override
    public void putPasswordHash(String user, String hash) {
        if (hashes.replace(user, hash) == null) {
            throw missing(user);
        }
        deleteTokensOf(user);
    }

    @Override
    public synchronized void update(User user) {
        if (!users.containsKey(user.name())) {
            throw missing(user.name());
        }
        demandAdministratorBesides(user.name(), user.isAdministrator());
        users.put(user.name(), user);
    }

    @Override
    public synchronized void deleteUser(String name) {
        if (!users.containsKey(name)) {
            throw missing(name);
        }
        demandAdministratorBesides(name, false);
        users.remove(name);
        hashes.remove(name);
        deleteTokensOf(name);
    }

    @Override
    public void insertToken(BearerToken token) {
        tokens.put(token.digest(), token);
    }

    @Override
    public Optional<BearerToken> findToken(String digest, Instant now) {
        return Optional.ofNullable(tokens.get(digest)).filter(token -> now.isBefore(token.expires()));
    }

    @Override
    public List<BearerToken> listNamedTokens(Instant now) {
        return tokens.values().stream()
                .filter(token -> !token.isOfUser() && now.isBefore(token.expires()))
                .sorted(Comparator.comparing(BearerToken::name))
                .toList();
    }

    @Override
    public void deleteNamedTokens(String name) {
        if (!tokens.values().removeIf(token -> !token.isOfUser() && token.name().equals(name))) {
            throw new ProblemException(Problem.NOT_FOUND, "no token \"" + name + "\"");
        }
    }

    private void demandAdministratorBesides(String name, boolean remains) {
        boolean another = users.values().stream()
                .anyMatch(user -> user.isAdministrator() && !user.name().equals(name));
        if (!another && !remains) {
            throw new ProblemException(Problem.LIMIT_REACHED, "this is the last administrator");
        }
    }

    private void deleteTokensOf(String user) {
        tokens.values().removeIf(token -> token.isOfUser() && token.name().equals(user));
    }

    private static ProblemException missing(String user) {
        return new ProblemException(Problem.NOT_FOUND, "no user \"" + user + "\"");
    }
}
