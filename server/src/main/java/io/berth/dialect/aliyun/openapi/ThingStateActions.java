package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.state.Things;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.aliyun.AliyunTsl;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The newest value of every property of a device (spec aliyun-openapi 3.2).
final class ThingStateActions implements Action.Group {
    private final Things things;

    ThingStateActions(Things things) {
        this.things = things;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.THINGS, Family.THINGS.failing("device.QueryDeviceAttrStatusFailed"));
        return List.of(about.reads("QueryDevicePropertyStatus", OneModule.class, this::status));
    }

    /// @param functionBlockId null for the default module
    record OneModule(DeviceName device, @Nullable String functionBlockId) {}

    private Value.Fields status(Call<OneModule> call) {
        Device device = call.device(call.input().device());
        String module = Objects.requireNonNullElse(call.input().functionBlockId(), Module.DEFAULT);
        ThingModel model = call.product(device.id().product()).model();
        var reported = things.state(device.id()).reported();
        List<Value> infos = new ArrayList<>();
        model.properties().forEach((key, property) -> {
            if (Module.moduleOf(key).equals(module)) {
                infos.add(known(described(key, property), reported.get(key)).end());
            }
        });
        return Value.Fields.of(
                "Data", Value.Fields.of("List", Value.Fields.of("PropertyStatusInfo", new Value.Items(infos))));
    }

    private static Members known(Members info, @Nullable Versioned now) {
        return now == null
                ? info.with("Value", "").with("Time", "")
                : info.with("Value", JsonParameter.text(now.value()))
                        .with("Time", Long.toString(now.time().toEpochMilli()));
    }

    /// What the model says of a property.
    static Members described(String key, Property property) {
        return new Members()
                .with("Identifier", key)
                .with("Name", property.parameter().name())
                .with("DataType", AliyunTsl.typeOf(property.parameter()))
                .with("Unit", property.parameter().unit());
    }
}
