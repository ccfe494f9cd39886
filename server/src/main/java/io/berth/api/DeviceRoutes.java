package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.caller.Area;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.Devices;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The registry of devices, and which of them are online.
public final class DeviceRoutes implements NativeApi.Group {
    private final Devices devices;
    private final Sessions sessions;
    private final String node;

    /// @param node the name of this node, shown with devices that are attached to it
    public DeviceRoutes(Devices devices, Sessions sessions, String node) {
        this.devices = devices;
        this.sessions = sessions;
        this.node = node;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/products/{product}/devices";
        String one = all + "/{device}";
        return List.of(
                Route.get(all, Demand.read(Area.DEVICES), "Lists devices", Paging.class, DevicePage.class, this::list),
                Route.create(
                                all,
                                Demand.operate(Area.DEVICES),
                                "Creates a device",
                                NewDevice.class,
                                ShownDevice.class,
                                this::create)
                        .about(NewDevice::name),
                Route.get(
                        one, Demand.read(Area.DEVICES), "Shows a device", Nothing.class, ShownDevice.class, this::show),
                Route.post(
                        one,
                        Demand.operate(Area.DEVICES),
                        "Changes what is said of a device: what is not given stays",
                        DeviceEdit.class,
                        ShownDevice.class,
                        this::edit),
                Route.delete(one, Demand.operate(Area.DEVICES), "Deletes a device", Nothing.class, this::delete),
                Route.post(
                        one + "/enable",
                        Demand.operate(Area.DEVICES),
                        "Lets a device log in again",
                        Nothing.class,
                        ShownDevice.class,
                        call -> whole(call, devices.enable(call.device(), true))),
                Route.post(
                        one + "/disable",
                        Demand.operate(Area.DEVICES),
                        "Ends the session of a device and refuses its logins",
                        Nothing.class,
                        ShownDevice.class,
                        call -> whole(call, devices.enable(call.device(), false))),
                Route.post(
                        one + "/reset",
                        Demand.operate(Area.DEVICES),
                        "Makes a device as new, with another secret if given",
                        Reset.class,
                        ShownDevice.class,
                        this::reset),
                Route.get(
                        "/devices",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Finds a device by its other id",
                        OtherId.class,
                        ShownDevice.class,
                        this::find));
    }

    public record NewDevice(
            String name,
            @Nullable String secret,
            @Nullable String huaweiId,
            @Nullable String nodeId) {}

    public record DeviceEdit(
            @Nullable String nickname,
            @Nullable String description,
            @Nullable String extension,
            @Nullable Boolean secureOnly) {
        private DeviceProfile of(DeviceProfile profile) {
            return new DeviceProfile(
                    Objects.requireNonNullElse(nickname, profile.nickname()),
                    Objects.requireNonNullElse(description, profile.description()),
                    Objects.requireNonNullElse(extension, profile.extension()),
                    Objects.requireNonNullElse(secureOnly, profile.secureOnly()),
                    profile.activateBy());
        }
    }

    public record Reset(@Nullable String secret) {}

    public record OtherId(String huaweiId) {}

    /// @param secret null in listings, and for callers that may only look
    /// @param status `never-seen`, `online`, `offline` or `disabled`
    /// @param lastSeen when it was last heard
    /// @param node where the device is attached, null while it is not, like the dialect
    /// @param address where from it is, or was last, attached
    public record ShownDevice(
            String product,
            String name,
            @Nullable String secret,
            String huaweiId,
            String nodeId,
            @Nullable String nickname,
            @Nullable String description,
            @Nullable String extension,
            boolean secureOnly,
            @Nullable String firmware,
            @Nullable String software,
            @Nullable String sdk,
            String status,
            boolean enabled,
            Instant created,
            @Nullable Instant activated,
            @Nullable Instant lastSeen,
            @Nullable String node,
            @Nullable String address,
            @Nullable String dialect) {}

    public record DevicePage(
            List<ShownDevice> items, @Nullable String next) {}

    private DevicePage list(Call<Paging> call) {
        Page<Device> page = devices.list(call.path("product"), call.input().request());
        return new DevicePage(Paging.items(page, device -> shown(device, null)), page.next());
    }

    private ShownDevice create(Call<NewDevice> call) {
        NewDevice wanted = call.input();
        return whole(
                call,
                devices.create(new Devices.Draft(
                        new DeviceId(call.path("product"), wanted.name()),
                        secret(wanted.secret()),
                        wanted.huaweiId(),
                        wanted.nodeId())));
    }

    private ShownDevice find(Call<OtherId> call) {
        String otherId = call.input().huaweiId();
        Device device = devices.getByAlias(otherId);
        if (!call.reaches(device.id().product())) {
            throw Devices.notFound(otherId);
        }
        return whole(call, device);
    }

    private ShownDevice show(Call<Nothing> call) {
        return whole(call, devices.get(call.device()));
    }

    private ShownDevice edit(Call<DeviceEdit> call) {
        DeviceProfile profile = devices.get(call.device()).profile();
        return whole(call, devices.change(call.device(), call.input().of(profile)));
    }

    private void delete(Call<Nothing> call) {
        devices.delete(call.device());
    }

    private ShownDevice reset(Call<Reset> call) {
        return whole(call, devices.reset(call.device(), secret(call.input().secret())));
    }

    private ShownDevice whole(Call<?> call, Device device) {
        return shown(device, call.secret(Area.DEVICES, device.secret()));
    }

    private ShownDevice shown(Device device, @Nullable String secret) {
        Session live = sessions.find(device.id());
        return new ShownDevice(
                device.id().product(),
                device.id().name(),
                secret,
                device.alias(),
                device.nodeId(),
                said(device.profile().nickname()),
                said(device.profile().description()),
                said(device.profile().extension()),
                device.profile().secureOnly(),
                said(device.versions().firmware()),
                said(device.versions().software()),
                said(device.versions().sdk()),
                status(device, live),
                device.enabled(),
                device.created(),
                device.activated(),
                sessions.lastHeard(device),
                live != null ? node : null,
                live != null ? live.address() : device.address(),
                live != null ? live.dialect() : null);
    }

    private static String status(Device device, @Nullable Session live) {
        if (!device.enabled()) {
            return "disabled";
        }
        if (live != null) {
            return "online";
        }
        return device.activated() == null ? "never-seen" : "offline";
    }

    /// Null, and so left out, where nobody said anything.
    private static @Nullable String said(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text != null ? new Secret(text) : null;
    }
}
