package io.berth.core.caller;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where access keys are kept. Blocking; a returned change is durable.
public interface AccessKeyStore {
    /// ACCESS_KEY_EXISTS when the id is taken; LIMIT_REACHED when the owner has [AccessKeys#PER_OWNER]
    /// enabled keys, or there are [AccessKeys#MOST] keys already.
    void insert(AccessKey key);

    /// From memory, mostly: asked at each signed call, and unknown ids cost the store nothing. What changes
    /// through this store is seen at once.
    Optional<AccessKey> find(String id);

    /// By id.
    List<Used> list();

    /// Replaces all but id, secret and creation. ACCESS_KEY_NOT_FOUND; LIMIT_REACHED as of [#insert].
    void update(AccessKey key);

    /// ACCESS_KEY_NOT_FOUND when there is none.
    void delete(String id);

    /// Remembers the newest use of each key; of keys that are gone, nothing.
    CompletionStage<Void> recordUses(Collection<KeyUse> uses);

    /// @param lastUse null: never
    record Used(AccessKey key, @Nullable KeyUse lastUse) {}
}
