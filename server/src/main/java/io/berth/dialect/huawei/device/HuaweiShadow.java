package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Module;
import io.berth.json.Members;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The shadow of a device as devices and applications are shown it: by service, what is wanted of it and what
/// it reported (spec huawei-iotda 3.2, 7.4).
public record HuaweiShadow(ThingState state) {
    /// @param serviceId empty for all services anything is known of
    Payload answer(String deviceId, String serviceId) {
        return Payload.of(HuaweiValues.write(new Members()
                .with("object_device_id", deviceId)
                .with("shadow", services(serviceId))
                .end()));
    }

    /// @param serviceId empty for all services anything is known of
    public List<Value> services(String serviceId) {
        String wanted = HuaweiServiceId.module(serviceId);
        return modules().stream()
                .filter(module -> serviceId.isEmpty() || module.equals(wanted))
                .map(this::service)
                .toList();
    }

    private SequencedSet<String> modules() {
        SequencedSet<String> modules = new LinkedHashSet<>();
        state.reported().keySet().forEach(key -> modules.add(Module.moduleOf(key)));
        state.desired().keySet().forEach(key -> modules.add(Module.moduleOf(key)));
        return modules;
    }

    private Value service(String module) {
        return new Members()
                .with("service_id", HuaweiServiceId.of(module))
                .with("desired", part(module, state.desired()))
                .with("reported", part(module, state.reported()))
                .with("version", state.version(module))
                .end();
    }

    private static Value part(String module, SequencedMap<String, Versioned> known) {
        SequencedMap<String, Value> properties = new LinkedHashMap<>();
        Instant newest = Instant.MIN;
        for (var property : known.entrySet()) {
            Versioned value = property.getValue();
            if (Module.moduleOf(property.getKey()).equals(module) && !value.isDeleted()) {
                properties.put(Module.identifierOf(property.getKey()), value.value());
                newest = value.time().isAfter(newest) ? value.time() : newest;
            }
        }
        Members part = new Members().with("properties", new Value.Fields(properties));
        return (properties.isEmpty()
                        ? part.with("event_time", Value.Nothing.NOTHING)
                        : part.with("event_time", new Value.Moment(newest)))
                .end();
    }
}
