package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import io.berth.core.call.Wishes;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Things;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.InitialDesired;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What is wanted of a device before it ever logged in: what the model says its properties begin with, and
/// what the application says over it (spec huawei-iotda 3.2).
record FirstWishes(Wishes wishes) {
    /// The values to want, by key. VALUE_INVALID for what the model does not take.
    static Value.Fields of(ThingModel model, @Nullable List<InitialDesired> shadow) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Module module : model.modules()) {
            module.properties().stream().filter(Property::writable).forEach(property -> {
                Value initial = property.parameter().initial();
                if (initial != null) {
                    values.put(Module.key(module.id(), property.identifier()), initial);
                }
            });
        }
        for (InitialDesired part : Objects.requireNonNullElse(shadow, List.<InitialDesired>of())) {
            String module = HuaweiServiceId.module(part.serviceId());
            part.desired()
                    .fields()
                    .forEach((name, value) ->
                            values.put(Module.key(module, HuaweiShadowRoutes.demandName(name)), value));
        }
        Value.Fields all = new Value.Fields(values);
        return model.isEmpty() || all.isEmpty() ? all : Things.admit(model, all);
    }

    void want(DeviceId device, Value.Fields values) throws InterruptedException {
        if (!values.isEmpty()) {
            wishes.want(device, values, null);
        }
    }
}
