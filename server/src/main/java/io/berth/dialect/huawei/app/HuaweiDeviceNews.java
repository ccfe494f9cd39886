package io.berth.dialect.huawei.app;

import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceSnapshot;
import io.berth.dialect.JsonText;
import io.berth.dialect.huawei.DeviceFacts;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiValues;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A device as the application API shows it, without its secrets (spec huawei-iotda 9).
final class HuaweiDeviceNews {
    private HuaweiDeviceNews() {}

    /// @param spaceName empty when there is no such space any more
    /// @param onlineSince empty while it is not
    static String device(HuaweiSubject subject, String spaceName, Optional<Instant> onlineSince) {
        DeviceSnapshot snapshot = subject.snapshot();
        if (snapshot == null) {
            return ids(subject);
        }
        Device device = snapshot.device();
        JsonText body = identity(subject)
                .text("app_name", spaceName)
                .text("device_name", DeviceFacts.name(device))
                .text("node_type", DeviceFacts.nodeType(!subject.gatewayId().equals(subject.deviceId())))
                .text("description", device.profile().description())
                .text("fw_version", device.versions().firmware())
                .text("sw_version", device.versions().software())
                .text("device_sdk_version", device.versions().sdk())
                .text("product_name", snapshot.product().name())
                .text("status", DeviceFacts.status(device, onlineSince.isPresent()))
                .json("auth_info", authInfo(snapshot))
                .text("create_time", HuaweiStamp.seconds(device.created()))
                .json("tags", subject.tagList());
        onlineSince
                .or(() -> Optional.ofNullable(device.lastSeen()))
                .ifPresent(change -> body.text("connection_status_update_time", HuaweiStamp.millis(change)));
        if (device.activated() != null) {
            body.text("active_time", HuaweiStamp.millis(device.activated()));
        }
        DeviceFacts.extension(device)
                .ifPresent(extension -> body.json("extension_info", HuaweiValues.write(extension)));
        return body.end();
    }

    static String ids(HuaweiSubject subject) {
        return identity(subject).end();
    }

    private static JsonText identity(HuaweiSubject subject) {
        return JsonText.object()
                .text("app_id", subject.space())
                .text("device_id", subject.deviceId())
                .text("node_id", subject.nodeId())
                .text("gateway_id", subject.gatewayId())
                .text("product_id", subject.productId());
    }

    private static String authInfo(DeviceSnapshot snapshot) {
        Device device = snapshot.device();
        boolean byCertificate = DeviceFacts.isByCertificate(device, snapshot.product());
        Pins pins = Objects.requireNonNullElse(device.pins(), Pins.NONE);
        JsonText info = JsonText.object().text("auth_type", byCertificate ? "CERTIFICATES" : "SECRET");
        if (pins.first() != null) {
            info.text("fingerprint", pins.first().hex());
        }
        if (pins.second() != null) {
            info.text("secondary_fingerprint", pins.second().hex());
        }
        return info.json("secure_access", Boolean.toString(device.profile().secureOnly()))
                .number("timeout", DeviceFacts.timeout(device))
                .end();
    }
}
