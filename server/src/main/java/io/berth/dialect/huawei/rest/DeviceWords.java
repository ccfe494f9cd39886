package io.berth.dialect.huawei.rest;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.product.Product;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.dialect.huawei.HuaweiStamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    record AuthInfoShown(String authType, @Nullable String secret) {}

    record Whole(
            String deviceId,
            String nodeId,
            String gatewayId,
            String deviceName,
            String nodeType,
            AuthInfoShown authInfo,
            String productId,
            String productName,
            String status,
            String createTime,
            @Nullable String activeTime,
            List<Tag> tags) {}

    Whole whole(Device device, Product product) {
        Optional<DeviceId> gateway = topology.gatewayOf(device.id());
        return new Whole(
                device.alias(),
                device.nodeId(),
                gateway.map(devices::get).map(Device::alias).orElse(device.alias()),
                device.nodeId(),
                gateway.isPresent() ? "ENDPOINT" : "GATEWAY",
                new AuthInfoShown("SECRET", device.secret().reveal()),
                product.alias(),
                product.name(),
                status(device),
                HuaweiStamp.seconds(device.created()),
                millis(device.activated()),
                tags(device));
    }

    private String status(Device device) {
        if (!device.enabled()) {
            return "FROZEN";
        }
        if (sessions.isAttached(device.id())) {
            return "ONLINE";
        }
        return device.activated() == null ? "INACTIVE" : "OFFLINE";
    }

    private List<Tag> tags(Device device) {
        return tags.find(device.id()).entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
    }

    private static @Nullable String millis(@Nullable Instant time) {
        return time == null ? null : HuaweiStamp.millis(time);
    }
}
