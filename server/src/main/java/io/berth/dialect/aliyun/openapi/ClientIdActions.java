package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import io.berth.core.enrol.Units;
import io.berth.json.Members;
import java.util.List;

/// The physical devices of a name that were activated without having been registered (spec aliyun-openapi 3.2).
final class ClientIdActions implements Action.Group {
    private final Units units;

    ClientIdActions(Units units) {
        this.units = units;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.reads("QueryClientIds", OneDevice.class, this::query),
                about.changes("TransformClientId", OneClientId.class, this::keep),
                about.changes("DeleteClientIds", OneDevice.class, this::clear));
    }

    record OneDevice(String iotId) {}

    record OneClientId(String iotId, String clientId) {}

    private Value.Fields query(Call<OneDevice> call) {
        String iotId = call.input().iotId();
        List<Value> shown = units.of(device(call, iotId)).stream()
                .map(ClientIdActions::shown)
                .toList();
        return Value.Fields.of(
                "Data",
                new Members()
                        .with("IotId", iotId)
                        .with("DynamicRegClientIds", shown)
                        .end());
    }

    private Value.Fields keep(Call<OneClientId> call) {
        try {
            units.keep(device(call, call.input().iotId()), call.input().clientId());
        } catch (ProblemException e) {
            throw e.problem() == Problem.NOT_FOUND
                    ? Refusal.of(Problem.NOT_FOUND, "device.NotExistedDevice", "the device has no such ClientId")
                    : e;
        }
        return Value.Fields.NONE;
    }

    private Value.Fields clear(Call<OneDevice> call) {
        units.clear(device(call, call.input().iotId()));
        return Value.Fields.NONE;
    }

    private static DeviceId device(Call<?> call, String iotId) {
        return call.device(new DeviceName(iotId, null, null)).id();
    }

    private static Value shown(Unit unit) {
        return new Members()
                .with("ClientId", unit.id())
                .with("CreateTime", unit.created().toEpochMilli())
                .end();
    }
}
