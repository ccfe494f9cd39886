package io.berth.dialect.aliyun.app;

import io.berth.core.Payload;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Event;
import io.berth.core.message.Notification;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.JsonText;
import org.jspecify.annotations.Nullable;

/// Whom an event is about, as the vendor names it.
///
/// @param device null when it is registered no more
record AliyunSubject(Event event, DeviceId id, @Nullable DeviceSnapshot device) {
    /// The registry has no categories of products; this is the vendor's word for a product of none.
    private static final String DEVICE_TYPE = "CustomCategory";

    static AliyunSubject of(Event event, DeviceId id, DeviceDirectory directory) {
        return new AliyunSubject(
                event, id, directory.await(new DeviceRef.ById(id)).orElse(null));
    }

    /// The alias: it is unique over all products, as an iotId is, and the application API finds a device by it.
    String iotId() {
        return device == null ? "" : device.device().alias();
    }

    ThingModel model() {
        return device == null ? ThingModel.EMPTY : device.product().model();
    }

    long millis() {
        return event.time().toEpochMilli();
    }

    /// `/PRODUCT/DEVICE/path`
    String topic(String path) {
        return "/" + id.product() + "/" + id.name() + "/" + path;
    }

    Notification notification(String path, JsonText body) {
        return new Notification(topic(path), body.payload(), true);
    }

    /// Bytes as they came.
    Notification raw(String path, Payload bytes) {
        return new Notification(topic(path), bytes, false);
    }

    /// Begins what is said of a report.
    JsonText report() {
        return JsonText.object().text("deviceType", DEVICE_TYPE);
    }

    JsonText identity(JsonText body) {
        return body.text("iotId", iotId()).text("productKey", id.product()).text("deviceName", id.name());
    }
}
