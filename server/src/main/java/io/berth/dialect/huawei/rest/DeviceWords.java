package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.product.Product;
import io.berth.core.product.Space;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.dialect.huawei.DeviceFacts;
import io.berth.dialect.huawei.HuaweiStamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Devices as this interface shows them (spec huawei-iotda 7.3).
final class DeviceWords {
    private final Devices devices;
    private final Topology topology;
    private final Sessions sessions;
    private final Tags tags;

    DeviceWords(RestServices services) {
        this.devices = services.devices();
        this.topology = services.topology();
        this.sessions = services.sessions();
        this.tags = services.tags();
    }

    record Tag(String tagKey, String tagValue) {}

    /// @param secret null for one that has certificates, and for callers that may not see it; likewise the next
    record Auth(
            String authType,
            @Nullable String secret,
            @Nullable String secondarySecret,
            @Nullable String fingerprint,
            @Nullable String secondaryFingerprint,
            boolean secureAccess,
            int timeout) {}

    /// @param authInfo null in listings, as are the members that follow `status` but for the tags
    record Shown(
            String appId,
            String appName,
            String deviceId,
            String nodeId,
            String gatewayId,
            String deviceName,
            String nodeType,
            String description,
            String fwVersion,
            String swVersion,
            String deviceSdkVersion,
            String productId,
            String productName,
            String status,
            @Nullable Auth authInfo,
            @Nullable String createTime,
            @Nullable String connectionStatusUpdateTime,
            @Nullable String activeTime,
            @Nullable Value extensionInfo,
            List<Tag> tags) {}

    Shown whole(Device device, Product product, Sight sight) {
        Auth auth = auth(device, product, sight.rights().seesSecrets(Area.DEVICES));
        return shown(device, product, sight.spaceOf(product), gateway(device), auth);
    }

    /// Without secrets.
    List<Shown> listed(List<Device> found, Sight sight) {
        Map<String, Product> products = new HashMap<>();
        Map<String, Space> spaces = new HashMap<>();
        Map<DeviceId, DeviceId> gateways =
                topology.gatewaysOf(found.stream().map(Device::id).toList());
        return found.stream()
                .map(device -> {
                    Product product = products.computeIfAbsent(device.id().product(), _ -> sight.productOf(device));
                    Space space = spaces.computeIfAbsent(product.space(), _ -> sight.spaceOf(product));
                    return shown(device, product, space, gateways.get(device.id()), null);
                })
                .toList();
    }

    private @Nullable DeviceId gateway(Device device) {
        return topology.gatewayOf(device.id()).orElse(null);
    }

    private Shown shown(Device device, Product product, Space space, @Nullable DeviceId gateway, @Nullable Auth auth) {
        boolean whole = auth != null;
        return new Shown(
                space.id(),
                space.name(),
                device.alias(),
                device.nodeId(),
                gateway == null ? device.alias() : devices.get(gateway).alias(),
                DeviceFacts.name(device),
                DeviceFacts.nodeType(gateway != null),
                device.profile().description(),
                device.versions().firmware(),
                device.versions().software(),
                device.versions().sdk(),
                product.alias(),
                product.name(),
                status(device),
                auth,
                whole ? HuaweiStamp.seconds(device.created()) : null,
                whole ? millis(statusChange(device)) : null,
                whole ? millis(device.activated()) : null,
                whole ? DeviceFacts.extension(device).orElse(null) : null,
                tags(device.id()));
    }

    private static Auth auth(Device device, Product product, boolean withSecrets) {
        boolean byCertificate = DeviceFacts.isByCertificate(device, product);
        boolean told = withSecrets && !byCertificate;
        Pins pins = Objects.requireNonNullElse(device.pins(), Pins.NONE);
        return new Auth(
                byCertificate ? "CERTIFICATES" : "SECRET",
                told ? device.secret().reveal() : null,
                told && device.spareSecret() != null ? device.spareSecret().reveal() : null,
                pins.first() == null ? null : pins.first().hex(),
                pins.second() == null ? null : pins.second().hex(),
                device.profile().secureOnly(),
                DeviceFacts.timeout(device));
    }

    /// When it came or, as far as anybody knows, went.
    private @Nullable Instant statusChange(Device device) {
        Session live = sessions.find(device.id());
        return live != null ? live.since() : device.lastSeen();
    }

    String status(Device device) {
        return DeviceFacts.status(device, sessions.isOnline(device.id()));
    }

    List<Tag> tags(DeviceId device) {
        return tags.find(device).entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
    }

    private static @Nullable String millis(@Nullable Instant time) {
        return time == null ? null : HuaweiStamp.millis(time);
    }
}
