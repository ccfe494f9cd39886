package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.json.Members;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Devices: create, find, state (spec aliyun-openapi 3.2).
final class DeviceActions implements Action.Group {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@.:-]{4,32}");

    private final Devices devices;
    private final Sessions sessions;
    private final Times times;
    private final String region;

    DeviceActions(Devices devices, Sessions sessions, Times times, String region) {
        this.devices = devices;
        this.sessions = sessions;
        this.times = times;
        this.region = region;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.changes("RegisterDevice", NewDevice.class, this::register),
                about.reads("QueryDeviceDetail", OneDevice.class, this::detail));
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
        Device device = devices.create(new Devices.Draft(new DeviceId(product.key(), name), null, null, null));
        return data(identity(device));
    }

    private Value.Fields detail(Call<OneDevice> call) {
        Device device = call.device(call.input().device());
        Product product = call.product(device.id().product());
        Session session = sessions.find(device.id());
        Instant online = session != null ? session.since() : device.lastSeen();
        Members data = identity(device)
                .with("NodeType", product.nodeType() == Product.NodeType.GATEWAY ? 1 : 0)
                .with("Owner", true)
                .with("ProductName", product.name())
                .with("Region", region)
                .with("Status", DeviceStatus.of(device, sessions).name())
                .withUnlessEmpty("IpAddress", host(session != null ? session.address() : device.address()));
        times.tell(data, "Create", device.created());
        times.tell(data, "Active", device.activated());
        times.tell(data, "Online", online);
        return data(data);
    }

    private static Members identity(Device device) {
        return new Members()
                .with("DeviceName", device.id().name())
                .with("DeviceSecret", device.secret().reveal())
                .with("IotId", device.alias())
                .with("ProductKey", device.id().product());
    }

    private static Value.Fields data(Members data) {
        return Value.Fields.of("Data", data.end());
    }

    /// The address without its port.
    private static String host(@Nullable String address) {
        int colon = address == null ? -1 : address.lastIndexOf(':');
        return address == null ? "" : address.substring(0, colon < 0 ? address.length() : colon);
    }
}
