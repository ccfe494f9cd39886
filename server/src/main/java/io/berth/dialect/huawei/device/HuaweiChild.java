package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceSnapshot;
import io.berth.dialect.JsonText;
import io.berth.json.ValueJson;
import java.util.List;
import java.util.stream.Collectors;

/// A device behind a gateway as notices and answers of `$sub_device_manager` describe it (spec huawei-iotda
/// 4.1).
///
/// @param name what people call it; the registry knows no other than the node id
/// @param extension whatever the gateway sent along, given back to it
record HuaweiChild(
        String parentId,
        String nodeId,
        String deviceId,
        String productId,
        String name,
        String description,
        Value extension) {
    static final String SERVICE = "$sub_device_manager";

    static HuaweiChild of(String parentId, DeviceSnapshot child) {
        String nodeId = child.device().nodeId();
        return new HuaweiChild(
                parentId, nodeId, child.device().alias(), child.product().alias(), nodeId, "", Value.Nothing.NOTHING);
    }

    static HuaweiEvent added(String eventId, List<HuaweiChild> children, long version) {
        return notice(
                "add_sub_device_notify",
                eventId,
                children.stream().map(HuaweiChild::json).toList(),
                version);
    }

    static HuaweiEvent removed(String eventId, List<HuaweiChild> children, long version) {
        return notice(
                "delete_sub_device_notify",
                eventId,
                children.stream().map(HuaweiChild::reference).toList(),
                version);
    }

    private static HuaweiEvent notice(String type, String eventId, List<String> devices, long version) {
        String paras = JsonText.object()
                .json("devices", devices.stream().collect(Collectors.joining(",", "[", "]")))
                .number("version", version)
                .end();
        return new HuaweiEvent(SERVICE, type, eventId, paras);
    }

    /// What the registry does not keep (maker, model, versions) is empty; a device that just joined is offline.
    String json() {
        return identity()
                .text("name", name)
                .text("description", description)
                .text("manufacturer_id", "")
                .text("model", "")
                .text("product_id", productId)
                .text("fw_version", "")
                .text("sw_version", "")
                .text("status", "OFFLINE")
                .json("extension_info", ValueJson.write(extension))
                .end();
    }

    private String reference() {
        return identity().end();
    }

    private JsonText identity() {
        return JsonText.object()
                .text("parent_device_id", parentId)
                .text("node_id", nodeId)
                .text("device_id", deviceId);
    }
}
