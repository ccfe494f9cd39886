package io.berth.core.caller;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Those who log in with a password. There is always an administrator who can: the last one is neither deleted,
/// disabled nor given less. Blocking; any thread.
public final class Users {
    /// So many users are kept at most: all of them are held in memory.
    public static final int MOST = 10_000;

    public static final int PASSWORD_LENGTH = 8;

    private final CallerStore store;
    private final PasswordHashing hashing;
    private final InstantSource clock;

    Users(CallerStore store, PasswordHashing hashing, InstantSource clock) {
        this.store = store;
        this.hashing = hashing;
        this.clock = clock;
    }

    /// USER_EXISTS when the name is taken.
    public User create(String name, Secret password, Rights rights) {
        User user = new User(name, rights, true, clock.instant());
        store.insert(user, hashing.of(checked(password)));
        return user;
    }

    public List<User> list() {
        return store.listUsers();
    }

    public Optional<User> find(String name) {
        return store.findUser(name);
    }

    /// NOT_FOUND when there is none.
    public User get(String name) {
        return find(name).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no user \"" + name + "\""));
    }

    /// Whoever is logged in with the former password is not any more.
    public void changePassword(String name, Secret password) {
        store.putPasswordHash(get(name).name(), hashing.of(checked(password)));
    }

    public User changeRights(String name, Rights rights) {
        return change(name, user -> user.with(rights));
    }

    /// A disabled user's tokens are refused until the user is enabled again.
    public User enable(String name, boolean enabled) {
        return change(name, user -> user.enabled(enabled));
    }

    public void delete(String name) {
        store.deleteUser(name);
    }

    /// The enabled user with that password; an unknown one costs the same time.
    Optional<User> verify(String name, Secret password) {
        Optional<String> hash = store.findPasswordHash(name);
        boolean right = PasswordHashing.verify(password, hash.orElseGet(hashing::never)) && hash.isPresent();
        return right ? find(name).filter(User::enabled) : Optional.empty();
    }

    private User change(String name, UnaryOperator<User> change) {
        User changed = change.apply(get(name));
        store.update(changed);
        return changed;
    }

    private static Secret checked(Secret password) {
        require(
                password.reveal().length() >= PASSWORD_LENGTH,
                "a password has at least " + PASSWORD_LENGTH + " characters");
        return password;
    }
}
