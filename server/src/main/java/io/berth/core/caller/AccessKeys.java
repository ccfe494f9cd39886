package io.berth.core.caller;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKeyStore.Used;
import io.berth.core.credential.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Key pairs with which applications sign. An application changes its key without a gap: it is made a second
/// one, moves over, and the first is disabled and then deleted. Blocking but for [#signedIn]; any thread.
public final class AccessKeys {
    /// So many enabled keys an owner has at most: the one it uses and the one it changes to.
    public static final int PER_OWNER = 2;

    /// So many keys are kept at most: all of them are held in memory.
    public static final int MOST = 10_000;

    private static final int MAX_OWNER = 128;

    private final AccessKeyStore store;
    private final InstantSource clock;

    /// What the store does not have yet. Only keys that exist are in here, so [#MOST] bounds it.
    private final ConcurrentHashMap<String, KeyUse> uses = new ConcurrentHashMap<>();

    public AccessKeys(AccessKeyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A key to make.
    ///
    /// @param id null for a new one
    /// @param secret null for a new one
    /// @param owner the application that is to use it; empty: nobody in particular
    public record Wanted(@Nullable String id, @Nullable Secret secret, String owner, Rights rights) {
        public Wanted {
            require(
                    owner.length() <= MAX_OWNER && owner.chars().noneMatch(Character::isISOControl),
                    "the owner of a key has at most " + MAX_OWNER + " characters, and no line breaks");
        }

        /// A new pair.
        public static Wanted by(String owner, Rights rights) {
            return new Wanted(null, null, owner, rights);
        }
    }

    /// ACCESS_KEY_EXISTS when the id is taken, LIMIT_REACHED when the owner has two keys that work.
    public AccessKey create(Wanted wanted) {
        String id = wanted.id();
        Secret secret = wanted.secret();
        AccessKey key = new AccessKey(
                id != null ? id : "BERTH" + RandomText.hex(10),
                secret != null ? secret : new Secret(RandomText.base64(30)),
                wanted.owner(),
                wanted.rights(),
                true,
                clock.instant());
        store.insert(key);
        return key;
    }

    /// Makes the owner's second key, with the rights of the first. NOT_FOUND when the owner has none that
    /// works, LIMIT_REACHED when two.
    public AccessKey rotate(String owner) {
        require(!owner.isEmpty(), "name the owner whose key is to change");
        AccessKey first = store.list().stream()
                .map(Used::key)
                .filter(key -> key.enabled() && key.owner().equals(owner))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND, "\"" + owner + "\" has no access key that works: create one"));
        return create(Wanted.by(owner, first.rights()));
    }

    public Optional<AccessKey> find(String id) {
        return store.find(id);
    }

    /// By id, each with its last use, uses that are not written yet included.
    public List<Used> list() {
        return store.list().stream()
                .map(used -> new Used(used.key(), uses.getOrDefault(used.key().id(), used.lastUse())))
                .toList();
    }

    public AccessKey enable(String id, boolean enabled) {
        return change(id, key -> key.enabled(enabled));
    }

    public AccessKey changeRights(String id, Rights rights) {
        return change(id, key -> key.with(rights));
    }

    public void delete(String id) {
        store.delete(id);
    }

    /// Notes that the key was used. Never blocks: it is written down some seconds later, and a crash forgets
    /// it.
    public void signedIn(AccessKey key, String address, String api) {
        uses.put(key.id(), new KeyUse(key.id(), clock.instant(), address, api));
    }

    /// Writes down what was noted since the last time; what the store does not take stays for the next.
    public void writeUses() {
        List<KeyUse> noted = List.copyOf(uses.values());
        if (noted.isEmpty()) {
            return;
        }
        var _ = store.recordUses(noted).whenComplete((_, failure) -> {
            if (failure == null) {
                noted.forEach(use -> uses.remove(use.key(), use));
            }
        });
    }

    private AccessKey change(String id, UnaryOperator<AccessKey> change) {
        AccessKey key = find(id).orElseThrow(
                        () -> new ProblemException(Problem.ACCESS_KEY_NOT_FOUND, "no access key \"" + id + "\""));
        AccessKey changed = change.apply(key);
        store.update(changed);
        return changed;
    }
}
