package io.berth.dialect.huawei;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;

/// Writes one product model, and notes what Huawei has no word for.
final class CapabilityWriter {
    private static final int MAX_DEVICE_TYPE = 32;

    private final Spelling spelling;
    private final List<String> notes;
    private final ParameterWriter parameters;

    CapabilityWriter(Spelling spelling, List<String> notes) {
        this.spelling = spelling;
        this.notes = notes;
        this.parameters = new ParameterWriter(spelling, notes);
    }

    /// The product as the application API shows it.
    Value.Fields product(Product product, ThingModel model) {
        List<Value> capabilities = model.modules().stream()
                .<Value>map(module -> content(
                                capability(module, module.type().isEmpty() ? serviceId(module) : module.type()), module)
                        .end())
                .toList();
        return new Members()
                .with("product_id", product.alias())
                .with("name", product.name())
                .with("device_type", deviceType(product))
                .with("protocol_type", "MQTT")
                .with("data_format", product.format() == DataFormat.RAW ? "binary" : "json")
                .with("service_capabilities", capabilities)
                .end();
    }

    /// The files of the console's zip by path. They find a service by its type, so each has its own.
    SequencedMap<String, Payload> files(Product product, ThingModel model) {
        SequencedMap<String, Payload> files = new LinkedHashMap<>();
        files.put("profile/" + CapabilityReader.DEVICE_FILE, json("devices", device(product, model)));
        for (Module module : model.modules()) {
            String type = serviceId(module);
            if (!module.type().isEmpty() && !module.type().equals(type)) {
                notes.add(where(module) + ": its type " + module.type() + " becomes " + type);
            }
            files.put(
                    "service/" + type + "/profile/" + CapabilityReader.SERVICE_FILE,
                    json(
                            "services",
                            content(new Members().with("serviceType", type), module)
                                    .end()));
        }
        return files;
    }

    private Value device(Product product, ThingModel model) {
        List<Value> capabilities = model.modules().stream()
                .<Value>map(module -> capability(module, serviceId(module)).end())
                .toList();
        return new Members()
                .with("manufacturerId", product.alias())
                .with("manufacturerName", product.name())
                .with("model", deviceType(product))
                .with("protocolType", "MQTT")
                .with("deviceType", deviceType(product))
                .with("serviceTypeCapabilities", capabilities)
                .end();
    }

    private static Payload json(String name, Value only) {
        return Payload.of(
                ValueJson.write(new Members().with(name, List.of(only)).end()));
    }

    private static String deviceType(Product product) {
        String name = product.name();
        return name.length() <= MAX_DEVICE_TYPE ? name : name.substring(0, MAX_DEVICE_TYPE);
    }

    private Members capability(Module module, String type) {
        return new Members()
                .with(spelling.of("service_id"), serviceId(module))
                .with(spelling.of("service_type"), type)
                .with("option", option(module.presence()));
    }

    private static String serviceId(Module module) {
        return module.id().isEmpty() ? Module.DEFAULT_WORD : module.id();
    }

    private static String option(Module.Presence presence) {
        return switch (presence) {
            case MASTER -> "Master";
            case MANDATORY -> "Mandatory";
            case OPTIONAL -> "Optional";
        };
    }

    private static String where(Module module) {
        return "service " + serviceId(module);
    }

    private Members content(Members to, Module module) {
        boolean isNameDescription = module.description().isEmpty();
        if (!isNameDescription && !module.name().isEmpty()) {
            notes.add(where(module) + ": its name " + module.name() + " is left out");
        }
        return to.withUnlessEmpty("description", isNameDescription ? module.name() : module.description())
                .with("properties", each(module.properties(), property -> property(module, property)))
                .with("commands", each(module.services(), service -> command(module, service)))
                .with("events", each(module.events(), event -> event(module, event)));
    }

    private Value property(Module module, Property property) {
        String key = Module.key(module.id(), property.identifier());
        String method = (property.readable() ? "R" : "")
                + (property.writable() ? "W" : "")
                + (property.reportable() ? "E" : "");
        Members written = new Members().with(spelling.of("property_name"), property.identifier());
        return parameters
                .write(written, property.parameter(), "property " + key)
                .with("method", method)
                .end();
    }

    private Value command(Module module, Service service) {
        String at = "command " + Module.key(module.id(), service.identifier());
        spare(at, service.identifier(), service.name(), service.description());
        if (service.required()) {
            notes.add(at + ": that it is required is left out");
        }
        if (service.callType() == Service.CallType.ASYNC) {
            notes.add(at + ": that callers do not wait for it by default is left out");
        }
        String response = service.outputName().isEmpty() ? service.identifier() + "_response" : service.outputName();
        List<Value> responses =
                service.output().isEmpty() && service.outputName().isEmpty()
                        ? List.of()
                        : List.of(new Members()
                                .with(spelling.of("response_name"), response)
                                .with("paras", parameters.writeAll(service.output(), at + " response"))
                                .end());
        return new Members()
                .with(spelling.of("command_name"), service.identifier())
                .with("paras", parameters.writeAll(service.input(), at))
                .with("responses", responses)
                .end();
    }

    private Value event(Module module, EventType event) {
        String at = "event " + Module.key(module.id(), event.identifier());
        spare(at, event.identifier(), event.name(), event.description());
        if (event.required()) {
            notes.add(at + ": that it is required is left out");
        }
        if (event.level() != EventType.Level.INFO) {
            notes.add(at + ": that it is an " + event.level().name().toLowerCase(Locale.ROOT) + " is left out");
        }
        return new Members()
                .with(spelling.of("event_type"), event.identifier())
                .with("paras", parameters.writeAll(event.output(), at))
                .end();
    }

    private void spare(String at, String identifier, String name, String description) {
        if (!name.isEmpty() && !name.equals(identifier)) {
            notes.add(at + ": its name " + name + " is left out");
        }
        if (!description.isEmpty()) {
            notes.add(at + ": its description is left out");
        }
    }

    private static <T> List<Value> each(List<T> list, Function<T, Value> writer) {
        return list.stream().map(writer).toList();
    }
}
