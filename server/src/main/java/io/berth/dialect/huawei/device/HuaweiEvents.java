package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The services of one `events/up` message (spec huawei-iotda 4).
record HuaweiEvents(List<JsonNode> services) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    HuaweiEvents {
        services = List.copyOf(services);
    }

    /// Empty unless the payload is an object with at least one service.
    static Optional<HuaweiEvents> read(Payload payload) {
        return HuaweiJson.object(payload)
                .map(node -> node.path("services")
                        .valueStream()
                        .filter(JsonNode::isObject)
                        .toList())
                .filter(services -> !services.isEmpty())
                .map(HuaweiEvents::new);
    }

    Reading reading(HuaweiWire wire, String topic, Qos qos, Payload payload) {
        Outgoing.Publish clock = clockAnswer(wire);
        if (clock != null && allOf("$time_sync")) {
            return new Reading.Answered(clock);
        }
        // what an SDK says of itself on every connect, nulls for what it does not know: no event of the device
        Uplink uplink = allOf("$sdk_info")
                ? new Uplink.Info(topic, qos, payload)
                : new Uplink.EventReport(topic, qos, payload, Facts.none(wire.id()));
        return new Reading.Accepted(uplink, clock);
    }

    private boolean allOf(String serviceId) {
        return services.stream().allMatch(service -> serviceId(service).equals(serviceId));
    }

    private Outgoing.@Nullable Publish clockAnswer(HuaweiWire wire) {
        for (JsonNode service : services) {
            if (serviceId(service).equals("$time_sync")
                    && service.path("event_type").asString("").equals("time_sync_request")) {
                return wire.system("events/down", clockPayload(wire, service));
            }
        }
        return null;
    }

    private static Payload clockPayload(HuaweiWire wire, JsonNode request) {
        Instant now = wire.clock().instant();
        JsonText service = JsonText.object()
                .text("service_id", "$time_sync")
                .text("event_type", "time_sync_response")
                .text("event_time", TIME.format(now));
        JsonNode id = request.path("event_id");
        if (id.isString()) {
            service.text("event_id", id.asString());
        }
        JsonNode sent = request.path("paras").path("device_send_time");
        service.json(
                "paras",
                JsonText.object()
                        .json("device_send_time", sent.isValueNode() ? sent.toString() : "null")
                        .number("server_recv_time", now.toEpochMilli())
                        .number("server_send_time", now.toEpochMilli())
                        .end());
        return JsonText.object()
                .text("object_device_id", wire.deviceId())
                .json("services", "[" + service.end() + "]")
                .payload();
    }

    private static String serviceId(JsonNode service) {
        return service.path("service_id").asString("");
    }
}
