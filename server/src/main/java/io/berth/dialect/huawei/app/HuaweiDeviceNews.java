package io.berth.dialect.huawei.app;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.JsonText;
import io.berth.dialect.huawei.HuaweiStamp;

/// A device as the application API shows it, without its secrets (spec huawei-iotda 9).
final class HuaweiDeviceNews {
    private HuaweiDeviceNews() {}

    static String device(HuaweiSubject subject) {
        DeviceSnapshot snapshot = subject.snapshot();
        if (snapshot == null) {
            return ids(subject);
        }
        Device device = snapshot.device();
        JsonText body = identity(subject)
                .text("device_name", name(device))
                .text("node_type", nodeType(snapshot.product()))
                .text("product_name", snapshot.product().name())
                .json("auth_info", authInfo(snapshot))
                .text("create_time", HuaweiStamp.seconds(device.created()))
                .json("tags", subject.tagList());
        // whether it is online is told by device.status
        if (!device.enabled() || device.activated() == null) {
            body.text("status", device.enabled() ? "INACTIVE" : "FROZEN");
        }
        return body.end();
    }

    private static String name(Device device) {
        String nickname = device.profile().nickname();
        return nickname.isEmpty() ? device.nodeId() : nickname;
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
        boolean byCertificate =
                snapshot.product().auth() == AuthKind.X509 || snapshot.device().pins() != null;
        return JsonText.object()
                .text("auth_type", byCertificate ? "CERTIFICATES" : "SECRET")
                .end();
    }

    private static String nodeType(Product product) {
        return switch (product.nodeType()) {
            case DIRECT, GATEWAY -> "GATEWAY";
            case SUB -> "ENDPOINT";
        };
    }
}
