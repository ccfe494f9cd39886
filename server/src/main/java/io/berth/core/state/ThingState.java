package io.berth.core.state;

import io.berth.core.Value;
import io.berth.core.thing.Module;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What is known of a thing now and what is wanted of it, by the keys of its model.
///
/// @param reported the newest value of each property
/// @param desired what the application wants; a deleted wish stays with [Value.Nothing] so that versions go on
/// @param versions of each module: how often the application changed what it wants of it
public record ThingState(
        SequencedMap<String, Versioned> reported, SequencedMap<String, Versioned> desired, Map<String, Long> versions) {
    public static final ThingState EMPTY = new ThingState(new LinkedHashMap<>(), new LinkedHashMap<>(), Map.of());

    public ThingState {
        reported = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reported));
        desired = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(desired));
        versions = Map.copyOf(versions);
    }

    /// A value, since when it is so (the device's time where it said one), and how many values there were, from
    /// 1.
    public record Versioned(Value value, Instant time, long version) {
        public boolean isDeleted() {
            return value == Value.Nothing.NOTHING;
        }
    }

    /// The version of a module, 0 while nothing was ever wanted of it.
    public long version(String module) {
        return versions.getOrDefault(module, 0L);
    }

    /// What is wanted and not so yet: the wishes whose value the device has not reported, by key.
    public Value.Fields pending() {
        SequencedMap<String, Value> open = new LinkedHashMap<>();
        desired.forEach((key, wish) -> {
            Versioned now = reported.get(key);
            if (!wish.isDeleted() && (now == null || !now.value().equals(wish.value()))) {
                open.put(key, wish.value());
            }
        });
        return new Value.Fields(open);
    }

    /// This state with wishes changed: a value to want, [Value.Nothing] to want no more. Each module touched
    /// counts on.
    public ThingState withDesired(Value.Fields changes, Instant now) {
        SequencedMap<String, Versioned> wishes = new LinkedHashMap<>(desired);
        Map<String, Long> counted = new LinkedHashMap<>(versions);
        changes.fields().forEach((key, value) -> {
            Versioned before = wishes.get(key);
            wishes.put(key, new Versioned(value, now, before == null ? 1 : before.version() + 1));
            String module = Module.moduleOf(key);
            counted.put(module, version(module) + 1);
        });
        return new ThingState(reported, wishes, counted);
    }
}
