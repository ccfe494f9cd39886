package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import io.berth.core.call.Wishes;
import io.berth.core.device.DeviceId;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.InitialDesired;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What an application wants of a device before it ever logged in (spec huawei-iotda 3.2).
record FirstWishes(Wishes wishes) {
    void want(DeviceId device, @Nullable List<InitialDesired> shadow) throws InterruptedException {
        if (shadow == null || shadow.isEmpty()) {
            return;
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (InitialDesired part : shadow) {
            String module = part.serviceId().equals(Module.DEFAULT_WORD) ? Module.DEFAULT : part.serviceId();
            part.desired().fields().forEach((name, value) -> values.put(Module.key(module, name), value));
        }
        wishes.want(device, new Value.Fields(values), null);
    }
}
