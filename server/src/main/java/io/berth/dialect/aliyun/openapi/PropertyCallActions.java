package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Call.Outcome;
import io.berth.core.call.Calls;
import io.berth.core.call.Wanted;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.message.CallState;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Setting properties of devices (spec aliyun-openapi 3.2). A device answers on its own time; the answer goes to
/// subscribers.
final class PropertyCallActions implements Action.Group {
    private final Calls calls;

    PropertyCallActions(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.THINGS, Family.PROPERTY_CALLS);
        return List.of(
                about.talks("SetDeviceProperty", Setting.class, this::set),
                about.talks("SetDevicesProperty", Settings.class, this::setAll));
    }

    /// @param items a JSON object of values by identifier
    record Setting(
            DeviceName device, String items, @Nullable Integer qos) {}

    record Settings(
            String productKey,
            List<String> deviceName,
            String items,
            @Nullable Integer qos) {}

    private Value.Fields set(Call<Setting> call) throws InterruptedException {
        MessageText.qos(call.input().qos());
        Device device = call.device(call.input().device());
        Wanted wanted = Wanted.set(
                device.id(), JsonParameter.object("Items", call.input().items()));
        String id = sent(made(calls, device, wanted));
        return Value.Fields.of("Data", new Members().with("MessageId", id).end());
    }

    private Value.Fields setAll(Call<Settings> call) throws InterruptedException {
        Settings wanted = call.input();
        MessageText.qos(wanted.qos());
        Value.Fields values = JsonParameter.object("Items", wanted.items());
        List<Device> devices = new ArrayList<>();
        for (String name : ManyNames.of(wanted.deviceName())) {
            devices.add(DeviceName.in(call.reach(), wanted.productKey(), name));
        }
        for (Device device : devices) {
            tellIfOnline(calls, Wanted.set(device.id(), values));
        }
        return Value.Fields.NONE;
    }

    /// For calls to many devices: whoever is away misses it.
    static void tellIfOnline(Calls calls, Wanted wanted) throws InterruptedException {
        try {
            calls.call(wanted);
        } catch (ProblemException e) {
            if (e.problem() != Problem.DEVICE_OFFLINE && e.problem() != Problem.DEVICE_DISABLED) {
                throw e;
            }
        }
    }

    /// A device that never came is away in a word of its own.
    static io.berth.core.call.Call made(Calls calls, Device device, Wanted wanted) throws InterruptedException {
        try {
            return calls.call(wanted);
        } catch (ProblemException e) {
            if (e.problem() == Problem.DEVICE_OFFLINE && device.activated() == null) {
                throw Refusal.of(e.problem(), "device.InactiveDevice", device.id() + " was never online");
            }
            throw e;
        }
    }

    /// The id of a call as the device knows it.
    static String sent(io.berth.core.call.Call call) {
        Outcome outcome = call.outcome();
        if (outcome.problem() != null && call.state() != CallState.ANSWERED) {
            throw new ProblemException(Objects.requireNonNull(outcome.problem()), outcome.detail());
        }
        return call.requestId();
    }
}
