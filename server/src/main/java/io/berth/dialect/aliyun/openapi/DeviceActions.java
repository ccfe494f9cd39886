package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.json.Members;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One device: create it, look at it, switch it off and on (spec aliyun-openapi 3.2).
final class DeviceActions implements Action.Group {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@.:-]{4,32}");

    private final Devices devices;
    private final DeviceWords words;

    DeviceActions(Devices devices, DeviceWords words) {
        this.devices = devices;
        this.words = words;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.changes("RegisterDevice", NewDevice.class, this::register),
                about.reads("QueryDeviceDetail", OneDevice.class, this::detail),
                about.reads("QueryDeviceInfo", OneDevice.class, this::info),
                about.failing("device.QueryDeviceStatusFailed").reads("GetDeviceStatus", OneDevice.class, this::status),
                about.failing("device.DeleteDeviceFailed").changes("DeleteDevice", OneDevice.class, this::delete),
                about.failing("device.DisableDeviceFailed").changes("DisableThing", OneDevice.class, this::disable),
                about.failing("device.EnableDeviceFailed").changes("EnableThing", OneDevice.class, this::enable),
                about.changes("ResetThing", OneDevice.class, this::reset));
    }

    record NewDevice(
            String productKey,
            @Nullable String deviceName,
            @Nullable String nickname,
            @Nullable String loraNodeType) {}

    record OneDevice(DeviceName device) {}

    private Value.Fields register(Call<NewDevice> call) {
        NewDevice wanted = call.input();
        if (wanted.loraNodeType() != null) {
            throw Refusal.unsupported("there are no LoRa networks here");
        }
        Product product = call.product(wanted.productKey());
        String name = wanted.deviceName() != null ? wanted.deviceName() : GeneratedName.next();
        Refusal.require(
                NAME.matcher(name).matches(),
                "device.InvalidFormattedDeviceName",
                "a device name has 4 to 32 of A-Z a-z 0-9 - _ @ . :");
        DeviceProfile profile = DeviceProfile.EMPTY.withNickname(nickname(wanted.nickname()));
        Device device = devices.create(new Devices.Draft(new DeviceId(product.key(), name), null, null, null, profile));
        return data(DeviceWords.identity(device, call));
    }

    /// Empty for none.
    static String nickname(@Nullable String nickname) {
        Refusal.require(
                nickname == null || NameRule.NICKNAME.holds(nickname),
                "device.InvalidFormattedNickname",
                "a nickname has " + NameRule.NICKNAME.demand());
        return nickname == null ? "" : nickname;
    }

    private Value.Fields detail(Call<OneDevice> call) {
        Device device = call.device(call.input().device());
        Product product = call.product(device.id().product());
        return data(words.detail(device, product, call).with("Owner", true));
    }

    private Value.Fields info(Call<OneDevice> call) {
        return data(DeviceWords.identity(call.device(call.input().device()), call));
    }

    private Value.Fields status(Call<OneDevice> call) {
        Device device = call.device(call.input().device());
        return data(new Members()
                .with("Status", words.status(device).name())
                .with("Timestamp", words.since(device).toEpochMilli()));
    }

    private Value.Fields delete(Call<OneDevice> call) {
        devices.delete(call.device(call.input().device()).id());
        return Value.Fields.NONE;
    }

    private Value.Fields disable(Call<OneDevice> call) {
        devices.enable(call.device(call.input().device()).id(), false);
        return Value.Fields.NONE;
    }

    private Value.Fields enable(Call<OneDevice> call) {
        devices.enable(call.device(call.input().device()).id(), true);
        return Value.Fields.NONE;
    }

    /// Its secret stays. What the vendor does in a job is done by now.
    private Value.Fields reset(Call<OneDevice> call) {
        devices.reset(call.device(call.input().device()).id(), null);
        return Value.Fields.of("JobId", new Value.Text(""));
    }

    private static Value.Fields data(Members data) {
        return Value.Fields.of("Data", data.end());
    }
}
