package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.call.Wishes;
import io.berth.core.device.Device;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.device.HuaweiShadow;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.DeviceOnly;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Shadows: what devices reported and what is wanted of them (spec huawei-iotda 3.2, 7.4).
final class HuaweiShadowRoutes {
    private final Wishes wishes;

    HuaweiShadowRoutes(RestServices services) {
        this.wishes = services.wishes();
    }

    record NewDesired(String deviceId, List<ServiceWishes> shadow) {}

    /// @param desired null for a property that is wanted no more; empty for the whole service
    /// @param version refused unless the service has it
    record ServiceWishes(
            String serviceId,
            Value.Fields desired,
            @Nullable Long version) {
        private Things.Revision revision() {
            String module = HuaweiServiceId.module(serviceId);
            SequencedMap<String, Value> values = new LinkedHashMap<>();
            desired.fields().forEach((name, value) -> values.put(Module.key(module, demandName(name)), value));
            return new Things.Revision(module, new Value.Fields(values), version);
        }
    }

    record Shown(String deviceId, List<Value> shadow) {}

    Shown show(RestCall<DeviceOnly> call) throws InterruptedException {
        Device device = call.sight().device(call.input().deviceId());
        return shown(device, wishes.state(device.id()));
    }

    Shown want(RestCall<NewDesired> call) throws InterruptedException {
        NewDesired wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        require(!wanted.shadow().isEmpty(), "\"shadow\" is empty");
        return shown(
                device,
                wishes.revise(
                        device.id(),
                        wanted.shadow().stream().map(ServiceWishes::revision).toList()));
    }

    /// Spec huawei-iotda 3.2.
    static String demandName(String name) {
        require(
                name.chars().noneMatch(c -> c == '.' || c == '$' || c == 0),
                "the name of a property in a shadow holds no . or $ or NUL, as \"" + name + "\"");
        return name;
    }

    private static Shown shown(Device device, ThingState state) {
        return new Shown(device.alias(), new HuaweiShadow(state).services(""));
    }
}
