package io.berth.core.device;

import java.util.Collection;
import java.util.SequencedMap;

/// Where the tags of devices are kept: free words by key. Blocking; a returned change is durable.
public interface TagStore {
    /// By key, ordered by key.
    SequencedMap<String, String> find(DeviceId device);

    /// The same as it was some seconds ago at the earliest, from memory whenever it can be: for those who ask
    /// with every event.
    default SequencedMap<String, String> recent(DeviceId device) {
        return find(device);
    }

    /// Adds tags, or replaces their values; all or none. LIMIT_REACHED when the device would have more than
    /// `max`, DEVICE_NOT_FOUND when there is none.
    void put(DeviceId device, SequencedMap<String, String> tags, int max);

    /// Keys that are not there are no error.
    void remove(DeviceId device, Collection<String> keys);
}
