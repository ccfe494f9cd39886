package io.berth.dialect.aliyun;

import io.berth.core.Value;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Writes one thing model as TSL, and notes what TSL has no word for.
final class TslWriter {
    private static final String SCHEMA = "https://iotx-tsl.oss-ap-southeast-1.aliyuncs.com/schema.json";
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,49}");

    private static final Module NOTHING =
            new Module(Module.DEFAULT, "", "", "", Module.Presence.OPTIONAL, List.of(), List.of(), List.of());

    private final List<String> notes;
    private final TslTypeWriter types;

    TslWriter(List<String> notes) {
        this.notes = notes;
        this.types = new TslTypeWriter(notes);
    }

    Value.Fields document(String productKey, ThingModel model) {
        Members document = new Members()
                .with("schema", SCHEMA)
                .with("profile", new Members().with("productKey", productKey).end());
        Module main = model.module(Module.DEFAULT);
        addFeatures(document, main == null ? NOTHING : main);
        List<Value> custom = model.modules().stream()
                .filter(module -> !module.id().equals(Module.DEFAULT))
                .map(this::customModule)
                .toList();
        if (custom.size() > AliyunTsl.MAX_MODULES) {
            notes.add("there are " + custom.size() + " modules: the vendor takes at most " + AliyunTsl.MAX_MODULES);
        }
        return custom.isEmpty()
                ? document.end()
                : document.with("functionBlocks", custom).end();
    }

    private Value customModule(Module module) {
        identifier(module.id(), "module " + module.id());
        String name = module.name().isEmpty() ? module.id() : module.name();
        Members custom = new Members().with("functionBlockId", module.id()).with("functionBlockName", name);
        return addFeatures(custom, module).end();
    }

    private Members addFeatures(Members to, Module module) {
        notSaid(module);
        List<Value> properties =
                module.properties().stream().map(each -> property(module, each)).toList();
        List<Value> events = new ArrayList<>();
        List<Value> services = new ArrayList<>();
        if (!module.properties().isEmpty()) {
            events.add(post(module));
            services.add(set(module));
            services.add(get(module));
        }
        module.events().forEach(each -> events.add(event(module, each)));
        module.services().forEach(each -> services.add(service(module, each)));
        return to.with("properties", properties).with("events", events).with("services", services);
    }

    private void notSaid(Module module) {
        String where = module.id().isEmpty() ? "the default module" : "module " + module.id();
        if (!module.description().isEmpty()) {
            notes.add(where + ": its description is left out");
        }
        if (!module.type().isEmpty() && !module.type().equals(module.id())) {
            notes.add(where + ": its type " + module.type() + " is left out");
        }
        if (module.presence() != Module.Presence.OPTIONAL) {
            notes.add(where + ": that it is " + module.presence().name().toLowerCase(Locale.ROOT) + " is left out");
        }
    }

    private Value property(Module module, Property property) {
        String key = Module.key(module.id(), property.identifier());
        feature(property.identifier(), "property " + key);
        return parameter(property.parameter(), key)
                .with("accessMode", access(property))
                .with("required", property.parameter().required())
                .end();
    }

    private static String access(Property property) {
        return property.writable() ? property.comesFromDevice() ? "rw" : "w" : "r";
    }

    private Value event(Module module, EventType event) {
        String key = Module.key(module.id(), event.identifier());
        feature(event.identifier(), "event " + key);
        return described(event.identifier(), event.name(), event.description())
                .with("type", event.level().name().toLowerCase(Locale.ROOT))
                .with("required", event.required())
                .with("method", "thing.event." + key + ".post")
                .with("outputData", parameters(event.output(), "event " + key))
                .end();
    }

    private Value service(Module module, Service service) {
        String key = Module.key(module.id(), service.identifier());
        feature(service.identifier(), "service " + key);
        if (!service.outputName().isEmpty()) {
            notes.add("service " + key + ": the name of its answer, " + service.outputName() + ", is left out");
        }
        return described(service.identifier(), service.name(), service.description())
                .with("required", service.required())
                .with("callType", service.callType().name().toLowerCase(Locale.ROOT))
                .with("method", "thing.service." + key)
                .with("inputData", parameters(service.input(), "service " + key + " input"))
                .with("outputData", parameters(service.output(), "service " + key + " output"))
                .end();
    }

    /// The event by which properties are reported; like `set` and `get` it is made from them.
    private Value post(Module module) {
        return described("post", "post", "property report")
                .with("type", "info")
                .with("required", true)
                .with("method", "thing.event.property.post")
                .with("outputData", generated(module, Property::comesFromDevice))
                .end();
    }

    private Value set(Module module) {
        return described("set", "set", "property set")
                .with("required", true)
                .with("callType", "async")
                .with("method", "thing.service.property.set")
                .with("inputData", generated(module, Property::writable))
                .with("outputData", List.of())
                .end();
    }

    private Value get(Module module) {
        List<Value> identifiers = module.properties().stream()
                .filter(Property::comesFromDevice)
                .<Value>map(property -> new Value.Text(property.identifier()))
                .toList();
        return described("get", "get", "property get")
                .with("required", true)
                .with("callType", "async")
                .with("method", "thing.service.property.get")
                .with("inputData", identifiers)
                .with("outputData", generated(module, Property::comesFromDevice))
                .end();
    }

    /// The properties once more: what there is to note about them was noted where they stand.
    private static List<Value> generated(Module module, Predicate<Property> of) {
        TslWriter quiet = new TslWriter(new ArrayList<>());
        return quiet.parameters(
                module.properties().stream().filter(of).map(Property::parameter).toList(), "");
    }

    List<Value> parameters(List<Parameter> parameters, String where) {
        return parameters.stream()
                .<Value>map(each -> {
                    String at = where + ", " + each.identifier();
                    identifier(each.identifier(), at);
                    Members written = parameter(each, at);
                    return each.required() ? written.with("required", true).end() : written.end();
                })
                .toList();
    }

    private Members parameter(Parameter parameter, String at) {
        if (parameter.initial() != null) {
            notes.add(at + ": the value it starts with is left out");
        }
        return described(parameter.identifier(), parameter.name(), parameter.description())
                .with("dataType", types.write(parameter, at));
    }

    private static Members described(String identifier, String name, String description) {
        return new Members()
                .with("identifier", identifier)
                .with("name", name.isEmpty() ? identifier : name)
                .withUnlessEmpty("desc", description);
    }

    private void feature(String identifier, String at) {
        identifier(identifier, at);
        if (TslReader.RESERVED.contains(identifier)) {
            notes.add(at + ": the vendor keeps this name to itself");
        }
    }

    private void identifier(String identifier, String at) {
        if (!IDENTIFIER.matcher(identifier).matches()) {
            notes.add(at + ": the vendor's identifiers have up to 50 of A-Z a-z 0-9 _ and begin with a letter");
        }
    }
}
