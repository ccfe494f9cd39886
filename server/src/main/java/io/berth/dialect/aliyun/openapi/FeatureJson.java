package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The vendor's `ThingModelJson` and TSL tell the same in other words: each feature is written from the one into the
/// other, and what it may be is TSL's to say.
final class FeatureJson {
    private static final Map<String, String> ACCESS = Map.of("READ_WRITE", "rw", "READ_ONLY", "r", "WRITE_ONLY", "w");

    /// Made from the properties in every TSL; the vendor's other form does not have them.
    private static final Set<String> GENERATED = Set.of("post", "set", "get");

    private FeatureJson() {}

    static Value.Fields toTsl(Value.Fields json) {
        return new Members()
                .with("properties", each(json, "properties", FeatureJson::tslProperty))
                .with("events", each(json, "events", FeatureJson::tslEvent))
                .with("services", each(json, "services", FeatureJson::tslService))
                .end();
    }

    static Members ofTsl(Value.Fields tsl) {
        return new Members()
                .with("properties", each(tsl, "properties", FeatureJson::property))
                .with("events", each(tsl, "events", FeatureJson::event))
                .with("services", each(tsl, "services", FeatureJson::service));
    }

    private static Value tslProperty(Value.Fields property) {
        String flag = text(property, "rwFlag");
        return tslParameter(property)
                .with("accessMode", ACCESS.getOrDefault(flag, flag))
                .with("required", property.get("required"))
                .end();
    }

    private static Value tslEvent(Value.Fields event) {
        String type = text(event, "eventType").replace("_EVENT_TYPE", "").toLowerCase(Locale.ROOT);
        return feature(event, "eventName")
                .with("type", type)
                .with("required", event.get("required"))
                .with("outputData", tslParameters(event, "outputdata"))
                .end();
    }

    private static Value tslService(Value.Fields service) {
        return feature(service, "serviceName")
                .with("callType", text(service, "callType").toLowerCase(Locale.ROOT))
                .with("required", service.get("required"))
                .with("inputData", tslParameters(service, "inputParams"))
                .with("outputData", tslParameters(service, "outputParams"))
                .end();
    }

    private static Members feature(Value.Fields feature, String name) {
        return new Members()
                .with("identifier", feature.get("identifier"))
                .with("name", feature.get(name))
                .withUnlessEmpty("desc", text(feature, "description"));
    }

    private static List<Value> tslParameters(Value.Fields of, String name) {
        return each(of, name, parameter -> tslParameter(parameter).end());
    }

    private static Members tslParameter(Value.Fields parameter) {
        return feature(parameter, "name").with("dataType", FeatureType.toTsl(text(parameter, "dataType"), parameter));
    }

    private static Value property(Value.Fields property) {
        String access = text(property, "accessMode");
        String flag = ACCESS.entrySet().stream()
                .filter(each -> each.getValue().equals(access))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(access);
        return parameter(property)
                .with("rwFlag", flag)
                .with("required", property.get("required"))
                .end();
    }

    private static Value event(Value.Fields event) {
        return named(event, "eventName")
                .with("eventType", text(event, "type").toUpperCase(Locale.ROOT) + "_EVENT_TYPE")
                .with("required", event.get("required"))
                .with("outputdata", parameters(event, "outputData", "PARAM_OUTPUT"))
                .end();
    }

    private static Value service(Value.Fields service) {
        return named(service, "serviceName")
                .with("callType", text(service, "callType").toUpperCase(Locale.ROOT))
                .with("required", service.get("required"))
                .with("inputParams", parameters(service, "inputData", "PARAM_INPUT"))
                .with("outputParams", parameters(service, "outputData", "PARAM_OUTPUT"))
                .end();
    }

    private static Members named(Value.Fields feature, String name) {
        return new Members()
                .with("identifier", feature.get("identifier"))
                .with(name, feature.get("name"))
                .withUnlessEmpty("description", text(feature, "desc"))
                .with("custom", true);
    }

    private static List<Value> parameters(Value.Fields of, String name, String direction) {
        List<Value> written = new ArrayList<>();
        for (Value.Fields parameter : objects(of, name)) {
            written.add(parameter(parameter)
                    .with("direction", direction)
                    .with("paraOrder", written.size())
                    .end());
        }
        return written;
    }

    private static Members parameter(Value.Fields parameter) {
        Members written = named(parameter, "name");
        return parameter.get("dataType") instanceof Value.Fields type
                ? FeatureType.ofTsl(written, "dataType", type)
                : written;
    }

    private static List<Value> each(Value.Fields of, String name, Function<Value.Fields, Value> written) {
        return objects(of, name).stream()
                .filter(feature -> !GENERATED.contains(text(feature, "identifier")))
                .map(written)
                .toList();
    }

    static List<Value.Fields> objects(Value.Fields of, String name) {
        return of.get(name) instanceof Value.Items(var items)
                ? items.stream()
                        .filter(Value.Fields.class::isInstance)
                        .map(Value.Fields.class::cast)
                        .toList()
                : List.of();
    }

    /// Empty when it is absent or none.
    static String text(Value.Fields of, String name) {
        return of.get(name) instanceof Value.Text(String text) ? text : "";
    }
}
