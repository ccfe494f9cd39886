package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeyStore;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.KeyUse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Access keys in memory.
public final class MemoryAccessKeys implements AccessKeyStore {
    private final Map<String, AccessKey> keys = new ConcurrentSkipListMap<>();
    private final Map<String, KeyUse> uses = new ConcurrentHashMap<>();

    @Override
    public synchronized void insert(AccessKey key) {
        demandFewOf(key.owner(), key.id());
        if (keys.putIfAbsent(key.id(), key) != null) {
            throw new ProblemException(Problem.ACCESS_KEY_EXISTS, "there is an access key \"" + key.id() + "\"");
        }
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public List<Used> list() {
        return keys.values().stream()
                .map(key -> new Used(key, uses.get(key.id())))
                .toList();
    }

    @Override
    public synchronized void update(AccessKey key) {
        if (key.enabled()) {
            demandFewOf(key.owner(), key.id());
        }
        if (keys.replace(key.id(), key) == null) {
            throw missing(key.id());
        }
    }

    @Override
    public void delete(String id) {
        if (keys.remove(id) == null) {
            throw missing(id);
        }
    }

    @Override
    public CompletionStage<Void> recordUses(Collection<KeyUse> newest) {
        newest.forEach(use -> uses.put(use.key(), use));
        return CompletableFuture.completedFuture(null);
    }

    private void demandFewOf(String owner, String besides) {
        long live = keys.values().stream()
                .filter(key ->
                        key.enabled() && key.owner().equals(owner) && !key.id().equals(besides))
                .count();
        if (!owner.isEmpty() && live >= AccessKeys.PER_OWNER) {
            throw new ProblemException(Problem.LIMIT_REACHED, "\"" + owner + "\" has two access keys");
        }
    }

    private static ProblemException missing(String id) {
        return new ProblemException(Problem.ACCESS_KEY_NOT_FOUND, "no access key \"" + id + "\"");
    }
}
