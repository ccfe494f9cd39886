package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.dialect.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// One service of an `events/down` message (spec huawei-iotda 4).
///
/// @param id names the event, or the request it answers; empty when nothing does
/// @param paras a JSON object
record HuaweiEvent(String serviceId, String type, String id, String paras) {
    static Payload payload(String deviceId, List<HuaweiEvent> events, Instant now) {
        return JsonText.object()
                .text("object_device_id", deviceId)
                .json(
                        "services",
                        events.stream().map(event -> event.json(now)).collect(Collectors.joining(",", "[", "]")))
                .payload();
    }

    private String json(Instant now) {
        JsonText json = JsonText.object()
                .text("service_id", serviceId)
                .text("event_type", type)
                .text("event_time", HuaweiTime.text(now));
        if (!id.isEmpty()) {
            json.text("event_id", id);
        }
        return json.json("paras", paras).end();
    }
}
