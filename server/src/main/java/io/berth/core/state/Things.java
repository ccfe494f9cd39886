package io.berth.core.state;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.thing.Check;
import io.berth.core.thing.Module;
import io.berth.core.thing.ThingModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The state of things: what devices report, what applications want. Blocking but for [#report]; any thread.
public final class Things {
    private final ThingStore store;
    private final InstantSource clock;

    public Things(ThingStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Keeps what devices reported. Never blocks; the completion fires when it is kept for good.
    public void report(List<Facts> facts, Completion done) {
        store.append(facts, done);
    }

    public ThingState state(DeviceId device) {
        return store.state(device);
    }

    public Page<HistoryPoint> history(HistoryQuery query) {
        return store.history(query);
    }

    public List<HistoryBucket> buckets(HistoryQuery query, Duration width) {
        return store.buckets(query, width);
    }

    /// Wants these values of the device from now on, by key. VALUE_INVALID when one does not fit the model or
    /// is not writable.
    public ThingState want(DeviceId device, ThingModel model, Value.Fields values) {
        return want(device, model, values, null);
    }

    /// The same if the module still has this version, else VERSION_CONFLICT.
    public ThingState want(DeviceId device, ThingModel model, Value.Fields values, @Nullable ModuleVersion expected) {
        return wantIf(device, model, values, state -> {
            if (expected != null) {
                demandVersion(state, expected);
            }
        });
    }

    /// The same if the wishes named still have these versions (0: there never was one), else VERSION_CONFLICT.
    public ThingState wantAt(DeviceId device, ThingModel model, Value.Fields values, Map<String, Long> expected) {
        return wantIf(
                device,
                model,
                values,
                state -> expected.forEach((key, version) -> {
                    ThingState.Versioned wish = state.desired().get(key);
                    long now = wish == null ? 0 : wish.version();
                    if (now != version) {
                        throw new ProblemException(
                                Problem.VERSION_CONFLICT,
                                "the wish of " + key + " has version " + now + ", not " + version);
                    }
                }));
    }

    private ThingState wantIf(DeviceId device, ThingModel model, Value.Fields values, Consumer<ThingState> demand) {
        Value.Fields admitted = admit(model, values);
        return store.change(device, state -> {
            demand.accept(state);
            return state.withDesired(admitted, clock.instant());
        });
    }

    /// What is wanted of one module from now on.
    ///
    /// @param values by key: [Value.Nothing] is wanted no more; when it is empty, nothing of the module is
    /// @param version refused unless the module has it; null for whatever it has
    public record Revision(
            String module, Value.Fields values, @Nullable Long version) {}

    /// Changes what is wanted of several modules in one step: all of it or, with VALUE_INVALID or
    /// VERSION_CONFLICT, nothing.
    public ThingState revise(DeviceId device, ThingModel model, List<Revision> revisions) {
        return store.change(device, state -> {
            SequencedMap<String, Value> wishes = new LinkedHashMap<>();
            SequencedMap<String, Value> gone = new LinkedHashMap<>();
            for (Revision revision : revisions) {
                if (revision.version() != null) {
                    demandVersion(state, new ModuleVersion(revision.module(), revision.version()));
                }
                if (revision.values().isEmpty()) {
                    state.desired().keySet().stream()
                            .filter(key -> Module.moduleOf(key).equals(revision.module()))
                            .forEach(key -> gone.put(key, Value.Nothing.NOTHING));
                }
                revision.values()
                        .fields()
                        .forEach((key, value) -> (value == Value.Nothing.NOTHING ? gone : wishes).put(key, value));
            }
            gone.keySet().removeIf(key -> !isWanted(state, key));
            SequencedMap<String, Value> changes =
                    new LinkedHashMap<>(admit(model, new Value.Fields(wishes)).fields());
            changes.putAll(gone);
            return changes.isEmpty() ? state : state.withDesired(new Value.Fields(changes), clock.instant());
        });
    }

    private static boolean isWanted(ThingState state, String key) {
        ThingState.Versioned wish = state.desired().get(key);
        return wish != null && !wish.isDeleted();
    }

    private static void demandVersion(ThingState state, ModuleVersion expected) {
        if (state.version(expected.module()) != expected.version()) {
            throw new ProblemException(
                    Problem.VERSION_CONFLICT,
                    "the shadow has version " + state.version(expected.module()) + ", not " + expected.version());
        }
    }

    /// Forgets all that was reported and wanted of a device, its history too.
    public void forget(DeviceId device) {
        store.forget(device);
    }

    public record ModuleVersion(String module, long version) {}

    /// Wants these no more; a wish given with a version only if it still has that version, else it is left
    /// alone.
    public ThingState forgetWishes(DeviceId device, List<Wish> wishes) {
        return store.change(device, state -> {
            SequencedMap<String, Value> gone = new LinkedHashMap<>();
            for (Wish wish : wishes) {
                ThingState.Versioned now = state.desired().get(wish.key());
                if (now != null && !now.isDeleted() && (wish.version() == null || now.version() == wish.version())) {
                    gone.put(wish.key(), Value.Nothing.NOTHING);
                }
            }
            return gone.isEmpty() ? state : state.withDesired(new Value.Fields(gone), clock.instant());
        });
    }

    /// @param version null for whatever version it has
    public record Wish(String key, @Nullable Long version) {}

    /// The values in the form of the model; VALUE_INVALID names what does not fit.
    public static Value.Fields admit(ThingModel model, Value.Fields values) {
        Check check = Check.tolerant();
        Value.Fields admitted = model.admitSet(values, check);
        if (admitted == null) {
            throw invalid(check);
        }
        return admitted;
    }

    /// What the check found, as a problem.
    public static ProblemException invalid(Check check) {
        return new ProblemException(Problem.VALUE_INVALID, check.toString());
    }
}
