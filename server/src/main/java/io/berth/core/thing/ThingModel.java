package io.berth.core.thing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What devices of a product have: modules with properties, events and services. Built once per version and
/// shared; immutable, any thread.
///
/// Members are found by key: `Temp` in the default module, `lamp:Temp` in the module `lamp`.
public final class ThingModel {
    /// The model of a product that has none: every member is unknown.
    public static final ThingModel EMPTY = new ThingModel(List.of());

    /// How far ahead of the server a device's clock may be (spec aliyun-device 5.3).
    public static final Duration MAX_AHEAD = Duration.ofHours(24);

    private final List<Module> modules;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final Map<String, EventType> events = new HashMap<>();
    private final Map<String, Service> services = new HashMap<>();

    /// MODEL_INVALID, naming every fault, when the modules contradict themselves or exceed a bound.
    public ThingModel(List<Module> modules) {
        this.modules = List.copyOf(modules);
        List<String> faults = ModelRules.faults(this.modules);
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.MODEL_INVALID, String.join("; ", faults));
        }
        for (Module module : this.modules) {
            module.properties().forEach(each -> properties.put(Module.key(module.id(), each.identifier()), each));
            module.events().forEach(each -> events.put(Module.key(module.id(), each.identifier()), each));
            module.services().forEach(each -> services.put(Module.key(module.id(), each.identifier()), each));
        }
    }

    /// What is wrong with modules that want to be a model, all of it; empty when nothing is.
    public static List<String> faults(List<Module> modules) {
        return ModelRules.faults(modules);
    }

    public List<Module> modules() {
        return modules;
    }

    public boolean isEmpty() {
        return modules.isEmpty();
    }

    public @Nullable Module module(String id) {
        for (Module module : modules) {
            if (module.id().equals(id)) {
                return module;
            }
        }
        return null;
    }

    public @Nullable Property property(String key) {
        return properties.get(key);
    }

    /// All properties by key, in the order of the model.
    public SequencedMap<String, Property> properties() {
        return new LinkedHashMap<>(properties);
    }

    public @Nullable EventType event(String key) {
        return events.get(key);
    }

    public @Nullable Service service(String key) {
        return services.get(key);
    }

    /// Of the properties a device reports, those that fit; the others are left out and `check` knows why.
    public List<Sample> admitReport(List<Sample> given, Instant now, Check check) {
        List<Sample> admitted = new ArrayList<>(given.size());
        for (Sample sample : given) {
            Sample one = admitReport(sample, now, check);
            if (one != null) {
                admitted.add(one);
            }
        }
        return admitted;
    }

    private @Nullable Sample admitReport(Sample sample, Instant now, Check check) {
        Property property = properties.get(sample.key());
        if (property == null) {
            check.refuse(Violation.Kind.UNKNOWN_PROPERTY, null, sample.key(), "is not in the thing model");
            return null;
        }
        if (!property.comesFromDevice()) {
            check.refuse(Violation.Kind.NOT_ALLOWED, property.type(), sample.key(), "is not for the device to report");
            return null;
        }
        if (sample.time().isAfter(now.plus(MAX_AHEAD))) {
            check.refuse(Violation.Kind.BAD_TIME, null, sample.key(), "has a time more than 24 hours ahead");
            return null;
        }
        Value value = property.type().admit(sample.value(), sample.key(), check);
        return value == null ? null : value.equals(sample.value()) ? sample : sample.withValue(value);
    }

    /// The values to set, by key; null when one does not fit, is unknown or is not writable.
    public Value.@Nullable Fields admitSet(Value.Fields given, Check check) {
        SequencedMap<String, Value> admitted = new LinkedHashMap<>();
        boolean fits = true;
        for (var field : given.fields().sequencedEntrySet()) {
            Property property = properties.get(field.getKey());
            Value value;
            if (property == null) {
                value = check.refuse(
                        Violation.Kind.UNKNOWN_PROPERTY, null, field.getKey(), "is not in the thing model");
            } else if (!property.writable()) {
                value = check.refuse(Violation.Kind.NOT_ALLOWED, property.type(), field.getKey(), "is not writable");
            } else {
                value = property.type().admit(field.getValue(), field.getKey(), check);
            }
            fits &= value != null;
            if (value != null) {
                admitted.put(field.getKey(), value);
            }
        }
        return fits ? new Value.Fields(admitted) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ThingModel model && modules.equals(model.modules);
    }

    @Override
    public int hashCode() {
        return modules.hashCode();
    }

    @Override
    public String toString() {
        return "ThingModel" + modules.stream().map(Module::id).toList();
    }
}
