package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.session.Topology.By;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The life of devices (spec huawei-iotda 7.3).
final class HuaweiDeviceRoutes {
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{8,32}");

    private final Devices devices;
    private final Topology topology;
    private final Sessions sessions;
    private final DeviceWords words;
    private final FirstWishes wishes;
    private final InstantSource clock;

    HuaweiDeviceRoutes(RestServices services) {
        this.devices = services.devices();
        this.topology = services.topology();
        this.sessions = services.sessions();
        this.words = new DeviceWords(services);
        this.wishes = new FirstWishes(services.wishes());
        this.clock = services.clock();
    }

    /// @param gatewayId the device it stands behind, null for one with a connection of its own
    /// @param extensionInfo any JSON object
    /// @param shadow what is wanted of it from the beginning
    record NewDevice(
            @Nullable String deviceId,
            String nodeId,
            @Nullable String deviceName,
            String productId,
            @Nullable AuthInfo authInfo,
            @Nullable String description,
            @Nullable String gatewayId,
            @Nullable String appId,
            Value.@Nullable Fields extensionInfo,
            @Nullable List<InitialDesired> shadow) {}

    /// @param timeout seconds after which a device that never logged in is deleted, 0 for never
    record AuthInfo(
            @Nullable String authType,
            @Nullable String secret,
            @Nullable String fingerprint,
            @Nullable Boolean secureAccess,
            @Nullable Integer timeout) {}

    record InitialDesired(String serviceId, Value.Fields desired) {}

    /// What is null stays.
    record ChangedDevice(
            String deviceId,
            @Nullable String deviceName,
            @Nullable String description,
            Value.@Nullable Fields extensionInfo,
            @Nullable AuthInfo authInfo) {}

    record DeviceOnly(String deviceId) {}

    record Wanted(
            @Nullable String productId,
            @Nullable String gatewayId,
            @Nullable Boolean isCascadeQuery,
            @Nullable String nodeId,
            @Nullable String deviceName,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset,
            @Nullable String startTime,
            @Nullable String endTime,
            @Nullable String appId) {}

    record DeviceList(List<DeviceWords.Shown> devices, Paging.Shown page) {}

    record NewSecret(
            String deviceId,
            String actionId,
            @Nullable String secret,
            @Nullable Boolean forceDisconnect,
            @Nullable String secretType) {}

    record SecretShown(String deviceId, String secret, String secretType) {}

    record NewGateway(String deviceId, String gatewayId) {}

    DeviceWords.Shown add(RestCall<NewDevice> call) throws InterruptedException {
        NewDevice wanted = call.input();
        Product product = call.sight().product(wanted.productId());
        if (wanted.appId() != null && !call.sight().space(wanted.appId()).id().equals(product.space())) {
            throw Products.notFound(wanted.productId());
        }
        if (wanted.deviceId() != null) {
            requireId(wanted.deviceId());
        }
        Device gateway = wanted.gatewayId() == null ? null : call.sight().device(wanted.gatewayId());
        if (gateway != null) {
            requireRoomBehind(gateway);
        }
        // before the device is made: wishes that cannot be leave nothing behind
        Value.Fields first = FirstWishes.of(product.model(), wanted.shadow());
        Device device = devices.create(new Devices.Draft(
                new DeviceId(product.key(), wanted.nodeId()),
                secret(wanted.authInfo()),
                wanted.deviceId(),
                wanted.nodeId(),
                DeviceProfiles.first(wanted, clock.instant()),
                pins(wanted.authInfo())));
        if (gateway != null) {
            putBehind(gateway, device);
        }
        wishes.want(device.id(), first);
        return words.whole(device, product, call.sight());
    }

    /// A device that finds no place goes again.
    private void putBehind(Device gateway, Device device) {
        try {
            topology.link(gateway.id(), List.of(device.id()), By.APPLICATION);
        } catch (ProblemException e) {
            devices.delete(device.id());
            throw e;
        }
    }

    DeviceList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        DeviceCondition where = new DeviceListing(call.sight()).where(wanted);
        Slice.Found<Device> found = devices.find(where, paging.slice());
        return new DeviceList(
                words.listed(found.items(), call.sight()), paging.shown(devices.count(where), found.last()));
    }

    DeviceWords.Shown show(RestCall<DeviceOnly> call) {
        return whole(call, call.input().deviceId());
    }

    DeviceWords.Shown update(RestCall<ChangedDevice> call) {
        ChangedDevice wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        devices.change(device.id(), DeviceProfiles.changed(device, wanted));
        return whole(call, wanted.deviceId());
    }

    private DeviceWords.Shown whole(RestCall<?> call, String deviceId) {
        Device device = call.sight().device(deviceId);
        return words.whole(device, call.sight().productOf(device), call.sight());
    }

    @Nullable
    Void delete(RestCall<DeviceOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        requireNoChildren(device, "delete the devices behind " + device.alias() + " before it");
        devices.delete(device.id());
        return null;
    }

    SecretShown resetSecret(RestCall<NewSecret> call) {
        NewSecret wanted = call.input();
        require(wanted.actionId().equals("resetSecret"), "\"action_id\" must be resetSecret");
        Device device = call.sight().device(wanted.deviceId());
        String type = wanted.secretType() == null ? "PRIMARY" : wanted.secretType();
        require(type.equals("PRIMARY") || type.equals("SECONDARY"), "\"secret_type\" must be PRIMARY or SECONDARY");
        Secret secret = wanted.secret() == null ? Secret.random() : secret(wanted.secret());
        devices.changeSecret(device.id(), secret, type.equals("SECONDARY"));
        Session live = Boolean.TRUE.equals(wanted.forceDisconnect()) ? sessions.find(device.id()) : null;
        if (live != null) {
            live.link().close(CloseCause.DEVICE_RESET);
        }
        return new SecretShown(device.alias(), secret.reveal(), type);
    }

    /// A device behind a gateway is the gateway's affair.
    @Nullable
    Void freeze(RestCall<DeviceOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        require(topology.gatewayOf(device.id()).isEmpty(), "a device behind a gateway cannot be frozen");
        devices.enable(device.id(), false);
        return null;
    }

    @Nullable
    Void unfreeze(RestCall<DeviceOnly> call) {
        devices.enable(call.sight().device(call.input().deviceId()).id(), true);
        return null;
    }

    @Nullable
    Void changeGateway(RestCall<NewGateway> call) {
        Sight sight = call.sight();
        Device device = sight.device(call.input().deviceId());
        Device gateway = sight.device(call.input().gatewayId());
        require(topology.gatewayOf(device.id()).isPresent(), device.alias() + " stands behind no gateway");
        requireNoChildren(device, "there are devices behind " + device.alias());
        require(
                sight.productOf(device).space().equals(sight.productOf(gateway).space()),
                "the gateway is in another resource space");
        requireRoomBehind(gateway);
        topology.link(gateway.id(), List.of(device.id()), By.APPLICATION);
        return null;
    }

    /// Children of children have none (spec huawei-iotda 4.1).
    private void requireRoomBehind(Device gateway) {
        require(
                topology.gatewayOf(gateway.id()).flatMap(topology::gatewayOf).isEmpty(),
                gateway.alias() + " stands two levels behind a gateway: nothing can stand behind it");
    }

    private void requireNoChildren(Device device, String detail) {
        require(
                topology.children(device.id(), new Page.Request(null, 1))
                        .items()
                        .isEmpty(),
                detail);
    }

    private static @Nullable Secret secret(@Nullable AuthInfo auth) {
        if (auth == null) {
            return null;
        }
        return auth.secret() == null ? null : secret(auth.secret());
    }

    static void requireId(String deviceId) {
        require(DEVICE_ID.matcher(deviceId).matches(), "\"device_id\" has 1 to 128 of A-Z a-z 0-9 _ -");
    }

    /// Null for a device that has a secret.
    private static @Nullable Pins pins(@Nullable AuthInfo auth) {
        String type = auth == null || auth.authType() == null ? "SECRET" : auth.authType();
        require(type.equals("SECRET") || type.equals("CERTIFICATES"), "\"auth_type\" must be SECRET or CERTIFICATES");
        return auth == null || type.equals("SECRET")
                ? null
                : new Pins(HuaweiFingerprintRoutes.fingerprint(auth.fingerprint()), null);
    }

    static Secret secret(String text) {
        require(SECRET.matcher(text).matches(), "a secret has 8 to 32 of A-Z a-z 0-9 _ -");
        return new Secret(text);
    }
}
