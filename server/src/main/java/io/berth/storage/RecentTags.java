package io.berth.storage;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.berth.core.device.DeviceId;
import io.berth.core.device.TagStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.SequencedMap;

/// Keeps the tags of devices in memory for those who ask with every event. What changes through here is seen at
/// once; a device that was deleted and made again has its former tags for [#KEPT] at most.
final class RecentTags implements TagStore {
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final TagStore store;
    private final LoadingCache<DeviceId, SequencedMap<String, String>> recent;

    RecentTags(TagStore store, int size) {
        this.store = store;
        this.recent = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(KEPT)
                .build(device -> Collections.unmodifiableSequencedMap(store.find(device)));
    }

    @Override
    public SequencedMap<String, String> find(DeviceId device) {
        return store.find(device);
    }

    @Override
    public SequencedMap<String, String> recent(DeviceId device) {
        return recent.get(device);
    }

    @Override
    public void put(DeviceId device, SequencedMap<String, String> tags, int max) {
        store.put(device, tags, max);
        recent.invalidate(device);
    }

    @Override
    public void remove(DeviceId device, Collection<String> keys) {
        store.remove(device, keys);
        recent.invalidate(device);
    }
}
