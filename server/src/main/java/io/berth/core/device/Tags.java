package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import java.util.Collection;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Tags of devices. Blocking; any thread.
public final class Tags {
    /// The wider of the vendors' bounds (spec aliyun-device 5.3).
    public static final int MAX_TAGS = 200;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
    private static final int MAX_VALUE = 4096;

    private final TagStore store;

    public Tags(TagStore store) {
        this.store = store;
    }

    public SequencedMap<String, String> find(DeviceId device) {
        return store.find(device);
    }

    /// The same, perhaps some seconds old: costs next to nothing.
    public SequencedMap<String, String> recent(DeviceId device) {
        return store.recent(device);
    }

    /// INVALID_ARGUMENT names the first key or value that cannot be.
    public void put(DeviceId device, SequencedMap<String, String> tags) {
        tags.forEach((key, value) -> {
            require(isKey(key), "a tag key has 1 to 100 of A-Z a-z 0-9 _ . : -, not \"" + key + "\"");
            require(value.length() <= MAX_VALUE, "the value of tag " + key + " is longer than " + MAX_VALUE);
        });
        store.put(device, tags, MAX_TAGS);
    }

    public void remove(DeviceId device, Collection<String> keys) {
        store.remove(device, keys);
    }

    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }
}
