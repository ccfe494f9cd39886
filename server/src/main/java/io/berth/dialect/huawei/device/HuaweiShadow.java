package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Module;
import io.berth.dialect.JsonText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/// The shadow of a device as this wire shows it: by service, what is wanted of it and what it reported (spec
/// huawei-iotda 3.2).
record HuaweiShadow(String deviceId, ThingState state) {
    /// @param serviceId empty for all services anything is known of
    Payload answer(String serviceId) {
        String wanted = HuaweiServiceId.module(serviceId);
        return JsonText.object()
                .text("object_device_id", deviceId)
                .json(
                        "shadow",
                        modules().stream()
                                .filter(module -> serviceId.isEmpty() || module.equals(wanted))
                                .map(this::service)
                                .collect(Collectors.joining(",", "[", "]")))
                .payload();
    }

    private SequencedSet<String> modules() {
        SequencedSet<String> modules = new LinkedHashSet<>();
        state.reported().keySet().forEach(key -> modules.add(Module.moduleOf(key)));
        state.desired().keySet().forEach(key -> modules.add(Module.moduleOf(key)));
        return modules;
    }

    private String service(String module) {
        return JsonText.object()
                .text("service_id", HuaweiServiceId.of(module))
                .json("desired", part(module, state.desired()))
                .json("reported", part(module, state.reported()))
                .number("version", state.version(module))
                .end();
    }

    private static String part(String module, SequencedMap<String, Versioned> known) {
        SequencedMap<String, Value> properties = new LinkedHashMap<>();
        Instant newest = Instant.MIN;
        for (var property : known.entrySet()) {
            Versioned value = property.getValue();
            if (Module.moduleOf(property.getKey()).equals(module) && !value.isDeleted()) {
                properties.put(Module.identifierOf(property.getKey()), value.value());
                newest = value.time().isAfter(newest) ? value.time() : newest;
            }
        }
        JsonText part = JsonText.object().json("properties", HuaweiValues.write(new Value.Fields(properties)));
        return (properties.isEmpty()
                        ? part.json("event_time", "null")
                        : part.text("event_time", HuaweiTime.text(newest)))
                .end();
    }
}
