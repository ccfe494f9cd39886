package io.berth.dialect.aliyun;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.thing.DataType;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.Service.CallType;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat.Imported;
import io.berth.json.Faults;
import io.berth.json.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one TSL. What cannot be read is left out and noted, so that the rest is looked at as well.
final class TslReader {
    /// Names that a message has for itself (spec aliyun-device 7).
    static final Set<String> RESERVED = Set.of("set", "get", "post", "time", "value", "property");

    private static final List<String> PARTS = List.of("properties", "events", "services", "functionBlocks");

    /// Not the author's: made from the properties whenever a TSL is written.
    private static final Set<String> GENERATED_EVENTS = Set.of("post");

    private static final Set<String> GENERATED_SERVICES = Set.of("set", "get");

    private static final Map<String, EventType.Level> LEVELS = new TreeMap<>(
            Map.of("info", EventType.Level.INFO, "alert", EventType.Level.ALERT, "error", EventType.Level.ERROR));

    private static final Map<String, CallType> CALL_TYPES =
            new TreeMap<>(Map.of("sync", CallType.SYNC, "async", CallType.ASYNC));

    /// Who may do what with a property.
    private record Access(boolean readable, boolean writable, boolean reportable) {}

    private static final Map<String, Access> ACCESS = new TreeMap<>(Map.of(
            "r", new Access(true, false, true),
            "rw", new Access(true, true, true),
            "w", new Access(false, true, false)));

    private final Faults faults = new Faults();
    private final List<String> notes = new ArrayList<>();

    Imported read(Payload file) {
        List<Module> modules = modules(Place.root(file, faults, Problem.MODEL_INVALID));
        faults.addAll(ThingModel.faults(modules));
        faults.refuse(Problem.MODEL_INVALID);
        return new Imported(new ThingModel(modules), notes);
    }

    private List<Module> modules(Place root) {
        root.expect(
                PARTS.stream().anyMatch(root.names()::contains),
                "is no TSL: it has none of " + String.join(", ", PARTS));
        List<Module> modules = new ArrayList<>();
        Place id = root.member("functionBlockId");
        if (!id.isAbsent()) {
            // the vendor also writes each custom module as a file of its own
            Module only = customModule(root);
            modules.add(only);
            notes.add("the file is that of module " + only.id() + " alone: the model has no other");
        } else {
            Module main = module(root, Module.DEFAULT, "");
            if (!isEmpty(main)) {
                modules.add(main);
            }
        }
        Place blocks = root.member("functionBlocks");
        List<Place> custom = blocks.value() instanceof Value.Fields ? List.of(blocks) : blocks.items();
        blocks.expect(custom.size() <= AliyunTsl.MAX_MODULES, "has more than " + AliyunTsl.MAX_MODULES + " modules");
        custom.stream().filter(Place::requiredObject).map(this::customModule).forEach(modules::add);
        return modules;
    }

    private Module customModule(Place at) {
        return module(
                at,
                at.member("functionBlockId").requiredText(),
                at.member("functionBlockName").text());
    }

    private Module module(Place at, String id, String name) {
        List<Property> properties = new ArrayList<>();
        for (Place place : at.member("properties").items()) {
            add(properties, property(place));
        }
        List<EventType> events = new ArrayList<>();
        for (Place place : at.member("events").items()) {
            if (!isNamed(place, GENERATED_EVENTS)) {
                add(events, event(place));
            }
        }
        List<Service> services = new ArrayList<>();
        for (Place place : at.member("services").items()) {
            if (!isNamed(place, GENERATED_SERVICES)) {
                add(services, service(place));
            }
        }
        return new Module(id, name, "", "", Module.Presence.OPTIONAL, properties, events, services);
    }

    private static boolean isEmpty(Module module) {
        return module.properties().isEmpty()
                && module.events().isEmpty()
                && module.services().isEmpty();
    }

    private static boolean isNamed(Place place, Set<String> names) {
        return place.member("identifier").value() instanceof Value.Text(String name) && names.contains(name);
    }

    private @Nullable Property property(Place at) {
        if (!at.requiredObject()) {
            return null;
        }
        Parameter parameter = parameter(at, featureName(at));
        Access access = at.member("accessMode").oneOf(ACCESS);
        return parameter == null || access == null
                ? null
                : new Property(parameter, access.readable(), access.writable(), access.reportable());
    }

    private @Nullable EventType event(Place at) {
        if (!at.requiredObject()) {
            return null;
        }
        String identifier = featureName(at);
        EventType.Level level = at.member("type").oneOf(LEVELS);
        List<Parameter> output = parameters(at.member("outputData"));
        return identifier.isEmpty() || level == null
                ? null
                : new EventType(
                        identifier,
                        at.member("name").text(),
                        at.member("desc").text(),
                        level,
                        at.member("required").flag(),
                        output);
    }

    private @Nullable Service service(Place at) {
        if (!at.requiredObject()) {
            return null;
        }
        String identifier = featureName(at);
        Place given = at.member("callType");
        CallType callType = given.isAbsent() ? CallType.ASYNC : given.oneOf(CALL_TYPES);
        List<Parameter> input = parameters(at.member("inputData"));
        List<Parameter> output = parameters(at.member("outputData"));
        return identifier.isEmpty() || callType == null
                ? null
                : new Service(
                        identifier,
                        at.member("name").text(),
                        at.member("desc").text(),
                        callType,
                        at.member("required").flag(),
                        input,
                        "",
                        output);
    }

    private static String featureName(Place at) {
        Place identifier = at.member("identifier");
        String name = identifier.requiredText();
        identifier.expect(!RESERVED.contains(name), "\"" + name + "\" is reserved");
        return name;
    }

    /// Outputs, inputs, or the members of a struct.
    static List<Parameter> parameters(Place at) {
        List<Parameter> parameters = new ArrayList<>();
        for (Place place : at.items()) {
            if (place.requiredObject()) {
                add(parameters, parameter(place, place.member("identifier").requiredText()));
            }
        }
        return parameters;
    }

    /// A named value, null when it has no name or no type.
    private static @Nullable Parameter parameter(Place at, String identifier) {
        DataType type = TslTypes.read(at.member("dataType"));
        if (type == null || identifier.isEmpty()) {
            return null;
        }
        Place specs = at.member("dataType").member("specs");
        return new Parameter(
                identifier,
                at.member("name").text(),
                at.member("desc").text(),
                type,
                at.member("required").flag(),
                TslTypes.isNumber(type) ? specs.member("unit").text() : "",
                TslTypes.isNumber(type) ? specs.member("unitName").text() : "",
                null);
    }

    private static <T> void add(List<T> list, @Nullable T one) {
        if (one != null) {
            list.add(one);
        }
    }
}
