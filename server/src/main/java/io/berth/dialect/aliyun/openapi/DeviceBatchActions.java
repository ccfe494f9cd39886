package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Some devices at a time, by their names (spec aliyun-openapi 3.2). Those that do not exist are left out of
/// what is shown.
final class DeviceBatchActions implements Action.Group {
    private static final int MAX_DETAILS = 100;
    private static final int MAX_STATES = 50;
    private static final int MAX_NICKNAMES = 100;

    private final Devices devices;
    private final DeviceWords words;

    DeviceBatchActions(Devices devices, DeviceWords words) {
        this.devices = devices;
        this.words = words;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.reads("BatchQueryDeviceDetail", Names.class, this::details),
                about.reads("BatchGetDeviceState", Some.class, this::states),
                about.changes("BatchUpdateDeviceNickname", Nicknames.class, this::rename));
    }

    record Names(String productKey, List<String> deviceName) {}

    record Some(
            @Nullable List<String> iotId,
            @Nullable String productKey,
            @Nullable List<String> deviceName) {}

    record Nicknames(List<Nickname> deviceNicknameInfo) {}

    record Nickname(DeviceName device, @Nullable String nickname) {}

    private Value.Fields details(Call<Names> call) {
        Names wanted = call.input();
        demandFew(wanted.deviceName().size(), MAX_DETAILS);
        Product product = call.product(wanted.productKey());
        List<Value> details = named(call, product.key(), wanted.deviceName())
                .<Value>map(device -> words.detail(device, product, call).end())
                .toList();
        return Value.Fields.of("Data", Value.Fields.of("Data", new Value.Items(details)));
    }

    private Value.Fields states(Call<Some> call) {
        List<Value> states = some(call)
                .<Value>map(device -> DeviceWords.name(device)
                        .with("DeviceId", device.alias())
                        .with("Status", words.status(device).name())
                        .withUnlessEmpty("LastOnlineTime", words.lastOnline(device))
                        .end())
                .toList();
        return Value.Fields.of("DeviceStatusList", Value.Fields.of("DeviceStatus", new Value.Items(states)));
    }

    private static Stream<Device> some(Call<Some> call) {
        Some wanted = call.input();
        List<String> ids = Objects.requireNonNullElse(wanted.iotId(), List.of());
        if (!ids.isEmpty()) {
            demandFew(ids.size(), MAX_STATES);
            return ids.stream().map(call::find).flatMap(Optional::stream);
        }
        if (wanted.productKey() == null) {
            throw GatewayException.missing("ProductKey");
        }
        List<String> names = Objects.requireNonNullElse(wanted.deviceName(), List.of());
        demandFew(names.size(), MAX_STATES);
        return named(call, call.product(wanted.productKey()).key(), names);
    }

    /// All of them or, when one does not exist, none.
    private Value.Fields rename(Call<Nicknames> call) {
        List<Nickname> wanted = call.input().deviceNicknameInfo();
        demandFew(wanted.size(), MAX_NICKNAMES);
        List<Runnable> changes = new ArrayList<>();
        for (Nickname one : wanted) {
            Device device = call.device(one.device());
            String nickname = DeviceActions.nickname(one.nickname());
            changes.add(() -> devices.change(device.id(), device.profile().withNickname(nickname)));
        }
        changes.forEach(Runnable::run);
        return Value.Fields.NONE;
    }

    private static Stream<Device> named(Call<?> call, String product, List<String> names) {
        return names.stream()
                .filter(name -> DeviceId.isValid(product, name))
                .map(name -> call.find(new DeviceId(product, name)))
                .flatMap(Optional::stream);
    }

    private static void demandFew(int count, int most) {
        Refusal.require(count >= 1, "device.NoneDeviceNameElement", "no device is named");
        Refusal.require(count <= most, "device.TooManyDevices", "at most " + most + " devices at a time");
    }
}
