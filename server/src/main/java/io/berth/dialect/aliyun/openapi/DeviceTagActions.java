package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Tags of devices, which the vendor calls properties too (spec aliyun-openapi 3.2).
final class DeviceTagActions implements Action.Group {
    private static final int MAX_BYTES = 5 << 10;

    /// Reserved: never shown.
    static final String HIDDEN = "abc";

    private final Devices devices;
    private final Tags tags;

    DeviceTagActions(Devices devices, Tags tags) {
        this.devices = devices;
        this.tags = tags;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.TAGS);
        return List.of(
                about.changes("SaveDeviceProp", NewTags.class, this::save),
                about.reads("QueryDeviceProp", DeviceActions.OneDevice.class, this::query),
                about.changes("DeleteDeviceProp", OneTag.class, this::delete));
    }

    record NewTags(DeviceName device, String props) {}

    record OneTag(DeviceName device, String propKey) {}

    private Value.Fields save(Call<NewTags> call) {
        DeviceId device = call.device(call.input().device()).id();
        tags.put(device, read(call.input().props()));
        devices.updated(device);
        return Value.Fields.NONE;
    }

    private Value.Fields query(Call<DeviceActions.OneDevice> call) {
        SequencedMap<String, Value> shown = new LinkedHashMap<>();
        tags.find(call.device(call.input().device()).id()).forEach((key, value) -> {
            if (!key.equals(HIDDEN)) {
                shown.put(key, new Value.Text(value));
            }
        });
        return Value.Fields.of("Props", new Value.Text(ValueJson.write(new Value.Fields(shown))));
    }

    /// A tag that is not there is none that fails.
    private Value.Fields delete(Call<OneTag> call) {
        DeviceId device = call.device(call.input().device()).id();
        tags.remove(device, List.of(call.input().propKey()));
        devices.updated(device);
        return Value.Fields.NONE;
    }

    private static SequencedMap<String, String> read(String props) {
        Refusal.require(
                props.getBytes(UTF_8).length <= MAX_BYTES,
                "device.LongDevicePropertiesString",
                "Props has at most " + MAX_BYTES + " bytes");
        SequencedMap<String, String> read = new LinkedHashMap<>();
        Value.Fields fields = ValueJson.readFields(Payload.of(props))
                .orElseThrow(() -> Refusal.of(
                        Problem.INVALID_ARGUMENT,
                        "device.InvalidFormattedDevicePropertiesString",
                        "Props is no JSON object"));
        fields.fields().forEach((key, value) -> read.put(key, text(value)));
        return read;
    }

    /// A number or flag is taken for its text.
    private static String text(Value value) {
        return value instanceof Value.Text(String text) ? text : ValueJson.write(value);
    }
}
