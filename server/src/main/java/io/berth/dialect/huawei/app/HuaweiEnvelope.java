package io.berth.dialect.huawei.app;

import io.berth.core.Payload;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.Notification;
import io.berth.core.state.Facts;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.json.ValueJson;
import java.util.UUID;

/// What every notification begins with (spec huawei-iotda 9). `body` stands in `notify_data`, where the field
/// tables and the SQL examples have it.
final class HuaweiEnvelope {
    private HuaweiEnvelope() {}

    static Notification of(Event event, String resource, String change, String header, String body) {
        StringBuilder out = new StringBuilder(240 + header.length() + body.length())
                .append("{\"resource\":\"")
                .append(resource)
                .append("\",\"event\":\"")
                .append(change)
                .append("\",\"event_time\":\"");
        HuaweiStamp.seconds(event.time(), out);
        out.append("\",\"event_time_ms\":\"");
        HuaweiStamp.millis(event.time(), out);
        ValueJson.quote(requestId(event), out.append("\",\"request_id\":"));
        out.append(",\"notify_data\":{\"header\":")
                .append(header)
                .append(",\"body\":")
                .append(body)
                .append("}}");
        return new Notification(resource + ":" + change, Payload.of(out.toString()), true);
    }

    /// What the device calls its report, where the topic of the report says it.
    private static String requestId(Event event) {
        String own = event.fact() instanceof Fact.Properties(Facts facts)
                        && event.topic().startsWith("$oc/")
                ? facts.requestId()
                : "";
        return own.isEmpty() ? requestId(event.id()).toString() : own;
    }

    /// The event's id as a UUID of version 8 (RFC 9562), so that whoever is told twice can see it.
    static UUID requestId(long id) {
        long version = 0x8000L;
        long variant = 0x8000_0000_0000_0000L;
        // the version takes the place of four bits, which move to the other half
        return new UUID((id & ~0xffffL) | version | (id & 0xfffL), variant | ((id >>> 12) & 0xfL));
    }
}
