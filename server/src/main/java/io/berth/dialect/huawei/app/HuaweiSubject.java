package io.berth.dialect.huawei.app;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.Notification;
import io.berth.core.product.Product;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.JsonText;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom an event is about, as the vendor names it.
///
/// @param snapshot null when it is registered no more
/// @param space the resource space its product belongs to, empty when the product is gone too
/// @param gatewayId the gateway that spoke for it or that it stands behind; its own id when there is none
record HuaweiSubject(
        Event event,
        @Nullable DeviceSnapshot snapshot,
        String deviceId,
        String nodeId,
        String productId,
        String space,
        String gatewayId,
        Map<String, String> tags) {
    static HuaweiSubject of(Event event, DeviceId id, HuaweiNotifications.Registry registry) {
        DeviceDirectory directory = registry.directory();
        DeviceSnapshot snapshot = directory.await(new DeviceRef.ById(id)).orElse(null);
        if (snapshot == null) {
            return new HuaweiSubject(event, null, id.name(), id.name(), id.product(), "", id.name(), Map.of());
        }
        Device device = snapshot.device();
        DeviceId gateway = gateway(event, id, registry);
        String gatewayId = gateway == null
                ? device.alias()
                : directory
                        .await(new DeviceRef.ById(gateway))
                        .map(found -> found.device().alias())
                        .orElse("");
        return new HuaweiSubject(
                event,
                snapshot,
                device.alias(),
                device.nodeId(),
                snapshot.product().alias(),
                snapshot.product().space(),
                gatewayId,
                registry.tags().recent(id));
    }

    /// The session that brought the event knows the gateway; of what no session brought the registry is asked.
    private static @Nullable DeviceId gateway(Event event, DeviceId id, HuaweiNotifications.Registry registry) {
        if (event.fact() instanceof Fact.Topology(boolean added, DeviceId gateway)) {
            return added ? gateway : null;
        }
        return event.origin() == null
                ? registry.gateways().apply(id).orElse(null)
                : event.origin().gateway();
    }

    /// The same device by the names it had before it was deleted.
    HuaweiSubject gone(Fact.Lifecycle deleted, Optional<Product> product) {
        return new HuaweiSubject(
                event,
                null,
                deleted.alias(),
                deleted.nodeId(),
                product.map(Product::alias).orElse(event.product()),
                product.map(Product::space).orElse(""),
                deleted.alias(),
                Map.of());
    }

    ThingModel model() {
        return snapshot == null ? ThingModel.EMPTY : snapshot.product().model();
    }

    Notification notification(String resource, String change, String body) {
        return HuaweiEnvelope.of(event, resource, change, header(), body);
    }

    private String header() {
        return JsonText.object()
                .text("app_id", space())
                .text("device_id", deviceId)
                .text("node_id", nodeId)
                .text("product_id", productId)
                .text("gateway_id", gatewayId)
                .json("tags", tagList())
                .end();
    }

    CharSequence tagList() {
        if (tags.isEmpty()) {
            return "[]";
        }
        StringBuilder out = new StringBuilder(64 * tags.size());
        tags.forEach((key, value) -> out.append(out.isEmpty() ? '[' : ',')
                .append(JsonText.object()
                        .text("tag_key", key)
                        .text("tag_value", value)
                        .end()));
        return out.append(']');
    }
}
