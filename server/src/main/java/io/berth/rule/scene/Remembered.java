package io.berth.rule.scene;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What is known of each key, in memory; beyond the bound what was not asked for longest is forgotten. Any
/// thread.
final class Remembered<K, V> {
    private final Map<K, V> entries;

    Remembered(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    /// What was known before.
    synchronized Optional<V> put(K key, V value) {
        return Optional.ofNullable(entries.put(key, value));
    }

    /// Which keys these were.
    synchronized List<K> forget(Predicate<K> keys) {
        List<K> gone = entries.keySet().stream().filter(keys).toList();
        gone.forEach(entries::remove);
        return gone;
    }
}
