package io.berth.dialect.huawei;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Module.Presence;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat.Imported;
import io.berth.json.Faults;
import io.berth.json.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one product model. What cannot be read is left out and noted, so that the rest is looked at as well.
final class CapabilityReader {
    static final String DEVICE_FILE = "devicetype-capability.json";
    static final String SERVICE_FILE = "servicetype-capability.json";

    private static final Map<String, Presence> OPTIONS = new TreeMap<>(
            Map.of("Master", Presence.MASTER, "Mandatory", Presence.MANDATORY, "Optional", Presence.OPTIONAL));

    private final Spelling spelling;
    private final Faults faults = new Faults();
    private final List<String> notes = new ArrayList<>();
    private final ParameterReader parameters;

    CapabilityReader(Spelling spelling) {
        this.spelling = spelling;
        this.parameters = new ParameterReader(spelling);
    }

    Imported readJson(Payload file) {
        Place capabilities = at(Place.root(file, faults, Problem.MODEL_INVALID), "service_capabilities");
        capabilities.expect(!capabilities.isAbsent(), "is missing");
        List<Module> modules = new ArrayList<>();
        for (Place capability : capabilities.items()) {
            if (capability.requiredObject()) {
                modules.add(module(capability, capability));
            }
        }
        return imported(modules);
    }

    /// @param files by path; of their folders only people take notice
    Imported readZip(SequencedMap<String, Payload> files) {
        SequencedMap<String, Place> types = new LinkedHashMap<>();
        for (var file : files.sequencedEntrySet()) {
            if (file.getKey().endsWith(SERVICE_FILE)) {
                serviceTypes(Place.root(file.getKey(), file.getValue(), faults, Problem.MODEL_INVALID), types);
            }
        }
        List<Module> modules = new ArrayList<>();
        for (Place capability : capabilities(files)) {
            if (capability.requiredObject()) {
                Place type = at(capability, "service_type");
                String word = type.requiredText();
                Place content = types.get(word);
                if (content != null) {
                    modules.add(module(capability, content));
                } else if (!word.isEmpty()) {
                    type.fault("no " + SERVICE_FILE + " in the zip has " + type.shown());
                }
            }
        }
        return imported(modules);
    }

    private List<Place> capabilities(SequencedMap<String, Payload> files) {
        for (var file : files.sequencedEntrySet()) {
            if (file.getKey().endsWith(DEVICE_FILE)) {
                Place root = Place.root(file.getKey(), file.getValue(), faults, Problem.MODEL_INVALID);
                List<Place> devices = at(root, "devices").items();
                root.expect(!devices.isEmpty(), "has no device");
                if (devices.size() > 1) {
                    notes.add("the zip has " + devices.size() + " devices: only the first was read");
                }
                return devices.isEmpty()
                        ? List.of()
                        : at(devices.getFirst(), "service_type_capabilities").items();
            }
        }
        throw new ProblemException(Problem.MODEL_INVALID, "the zip has no " + DEVICE_FILE);
    }

    private void serviceTypes(Place root, Map<String, Place> types) {
        for (Place service : at(root, "services").items()) {
            if (service.requiredObject()) {
                types.put(at(service, "service_type").requiredText(), service);
            }
        }
    }

    private Imported imported(List<Module> modules) {
        faults.addAll(ThingModel.faults(modules));
        faults.refuse(Problem.MODEL_INVALID);
        return new Imported(new ThingModel(modules), notes);
    }

    /// @param capability says which service it is
    /// @param content has its properties, commands and events
    private Module module(Place capability, Place content) {
        String word = at(capability, "service_id").requiredText();
        String id = word.equals(Module.DEFAULT_WORD) ? Module.DEFAULT : word;
        String type = at(capability, "service_type").text();
        Place option = at(capability, "option");
        Presence presence = option.isAbsent() ? Presence.OPTIONAL : option.oneOf(OPTIONS);
        return new Module(
                id,
                "",
                at(content, "description").text(),
                type.equals(word) ? "" : type,
                presence == null ? Presence.OPTIONAL : presence,
                each(at(content, "properties"), this::property),
                each(at(content, "events"), this::event),
                each(at(content, "commands"), this::command));
    }

    private @Nullable Property property(Place at) {
        Parameter parameter = parameters.read(at, at(at, "property_name"));
        Place method = at(at, "method");
        String letters = method.text();
        if (letters.isEmpty()) {
            letters = "RWE";
            notes.add("property " + at(at, "property_name").shown() + ": it has no method and gets RWE");
        }
        boolean known =
                method.expect(letters.matches("R?W?E?"), method.shown() + " is none of RWE, RW, RE, WE, R, W, E");
        return parameter == null || !known
                ? null
                : new Property(parameter, letters.contains("R"), letters.contains("W"), letters.contains("E"));
    }

    private @Nullable EventType event(Place at) {
        String identifier = at(at, "event_type").requiredText();
        List<Parameter> output = parameters.readAll(at(at, "paras"));
        return identifier.isEmpty() ? null : new EventType(identifier, "", "", EventType.Level.INFO, false, output);
    }

    private @Nullable Service command(Place at) {
        String identifier = at(at, "command_name").requiredText();
        List<Parameter> input = parameters.readAll(at(at, "paras"));
        List<Place> responses = at(at, "responses").items();
        if (responses.size() > 1) {
            notes.add("command " + identifier + " has " + responses.size() + " responses: only the first was taken");
        }
        String outputName = responses.isEmpty()
                ? ""
                : at(responses.getFirst(), "response_name").text();
        List<Parameter> output =
                responses.isEmpty() ? List.of() : parameters.readAll(at(responses.getFirst(), "paras"));
        return identifier.isEmpty()
                ? null
                : new Service(identifier, "", "", Service.CallType.SYNC, false, input, outputName, output);
    }

    private Place at(Place place, String member) {
        return place.member(spelling.of(member));
    }

    private interface Reader<T> {
        @Nullable
        T read(Place place);
    }

    private static <T> List<T> each(Place list, Reader<T> reader) {
        List<T> read = new ArrayList<>();
        for (Place place : list.items()) {
            T one = place.requiredObject() ? reader.read(place) : null;
            if (one != null) {
                read.add(one);
            }
        }
        return read;
    }
}
