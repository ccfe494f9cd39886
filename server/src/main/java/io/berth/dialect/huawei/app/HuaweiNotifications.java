package io.berth.dialect.huawei.app;

import io.berth.core.batch.BatchNews;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Tags;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Fact;
import io.berth.core.message.Notification;
import io.berth.core.product.Product;
import io.berth.core.product.Space;
import io.berth.dialect.JsonText;
import io.berth.dialect.huawei.HuaweiModel;
import io.berth.dialect.huawei.HuaweiStamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Events as Huawei's transition data (spec huawei-iotda 8, 9): a subject pair, and a header and a body that
/// say the rest. Answers are told as the status of their command; what gateways find is not told at all.
public final class HuaweiNotifications implements EventFormat {
    private final Registry registry;

    public HuaweiNotifications(Registry registry) {
        this.registry = registry;
    }

    /// What is told of devices beside the event itself.
    ///
    /// @param products finds a product by its key
    /// @param spaces finds a resource space by its id
    /// @param gateways finds the gateway that a device stands behind
    /// @param onlineSince when a device that is online came
    public record Registry(
            DeviceDirectory directory,
            Tags tags,
            Function<String, Optional<Product>> products,
            Function<String, Optional<Space>> spaces,
            Function<DeviceId, Optional<DeviceId>> gateways,
            Function<DeviceId, Optional<Instant>> onlineSince) {}

    @Override
    public String name() {
        return "huawei";
    }

    @Override
    public List<Notification> write(Event event) {
        DeviceId device = event.device();
        return (device == null ? ofProduct(event) : ofDevice(event, device))
                .stream().toList();
    }

    private Optional<Notification> ofDevice(Event event, DeviceId device) {
        HuaweiSubject subject = subject(event, device);
        return switch (event.fact()) {
            case Fact.Message _ -> HuaweiReportNews.message(subject);
            case Fact.Properties(var facts) -> HuaweiReportNews.properties(subject, facts);
            case Fact.Happened(var facts) -> HuaweiReportNews.happened(subject, facts);
            case Fact.Status status ->
                Optional.of(subject.notification("device.status", "update", status(event, status)));
            case Fact.Lifecycle change -> Optional.of(lifecycle(subject, device, change));
            // where a device stands and what its tags are belongs to it with this vendor
            case Fact.Topology _, Fact.Tagged _ ->
                Optional.of(subject.notification("device", "update", shown(subject, device)));
            case Fact.CallProgress call -> HuaweiCommandNews.call(subject, call);
            case Fact.MessageProgress message -> HuaweiCommandNews.message(subject, message);
            case Fact.Replied _, Fact.Children _, Fact.Found _, Fact.Told _ -> Optional.empty();
        };
    }

    private HuaweiSubject subject(Event event, DeviceId id) {
        return HuaweiSubject.of(event, id, registry);
    }

    private static String status(Event event, Fact.Status status) {
        return JsonText.object()
                .text("status", status.online() ? "ONLINE" : "OFFLINE")
                .text("last_online_time", HuaweiStamp.seconds(status.since()))
                .text("status_update_time", HuaweiStamp.millis(event.time()))
                .end();
    }

    private String shown(HuaweiSubject subject, DeviceId device) {
        String space = registry.spaces().apply(subject.space()).map(Space::name).orElse("");
        return HuaweiDeviceNews.device(subject, space, registry.onlineSince().apply(device));
    }

    private Notification lifecycle(HuaweiSubject subject, DeviceId device, Fact.Lifecycle lifecycle) {
        return switch (lifecycle.change()) {
            case CREATED -> subject.notification("device", "create", shown(subject, device));
            case UPDATED, ENABLED, DISABLED, RESET -> subject.notification("device", "update", shown(subject, device));
            case DELETED -> {
                HuaweiSubject gone = subject.gone(
                        lifecycle, registry.products().apply(subject.event().product()));
                yield gone.notification("device", "delete", HuaweiDeviceNews.ids(gone));
            }
        };
    }

    private Optional<Notification> ofProduct(Event event) {
        if (event.fact() instanceof Fact.Told(Event.Kind _, String what, var batch) && what.equals(BatchNews.WHAT)) {
            return HuaweiTaskNews.of(event, batch);
        }
        if (!(event.fact() instanceof Fact.Lifecycle lifecycle)) {
            return Optional.empty();
        }
        String subject = switch (lifecycle.change()) {
            case CREATED -> "create";
            case UPDATED, ENABLED, DISABLED, RESET -> "update";
            case DELETED -> "delete";
        };
        Optional<Product> product = subject.equals("delete")
                ? Optional.empty()
                : registry.products().apply(event.product());
        String space = product.map(Product::space).orElse("");
        String header = JsonText.object()
                .text("app_id", space)
                .text("product_id", lifecycle.alias())
                .end();
        String body = product.map(HuaweiModel::write)
                .orElseGet(() -> JsonText.object()
                        .text("app_id", space)
                        .text("product_id", lifecycle.alias())
                        .text("name", lifecycle.nodeId())
                        .end());
        return Optional.of(HuaweiEnvelope.of(event, "product", subject, header, body));
    }
}
