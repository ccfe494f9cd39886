package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.json.ValueJson;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// One event as a JSON object in Berth's own words, the same for whoever tails and whoever subscribes.
/// `docs/events.md` lists the members.
final class NativeLine {
    private NativeLine() {}

    static void write(Event event, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", Long.toString(event.id()));
        json.writeStringProperty("time", event.time().toString());
        json.writeStringProperty("product", event.product());
        if (event.device() != null) {
            json.writeStringProperty("device", event.device().name());
        }
        Origin origin = event.origin();
        if (origin != null) {
            json.writeStringProperty("dialect", origin.dialect());
        }
        json.writeStringProperty("kind", Words.of(event.kind()));
        Value.Fields said = NativeFacts.of(event.fact());
        String data = said.isEmpty() ? "" : ValueJson.write(said);
        if (origin != null && origin.topic() != null) {
            json.writeStringProperty("topic", origin.topic());
            json.writeNumberProperty("qos", origin.qos() == Qos.AT_MOST_ONCE ? 0 : 1);
            payload(origin.payload(), json);
            properties(origin.properties(), json);
        } else if (!data.isEmpty()) {
            // what is no message has its data as text where messages have their bytes: scripts read it there
            json.writeStringProperty("payload", data);
        }
        if (!data.isEmpty()) {
            json.writeName("data");
            json.writeRawValue(data);
        }
        json.writeEndObject();
    }

    private static void properties(MessageProperties properties, JsonGenerator json) {
        if (properties.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("properties");
        if (properties.responseTopic() != null) {
            json.writeStringProperty("responseTopic", properties.responseTopic());
        }
        if (properties.correlation() != null) {
            json.writeBinaryProperty(
                    "correlationBase64", properties.correlation().toBytes());
        }
        json.writeArrayPropertyStart("user");
        for (MessageProperties.Word word : properties.user()) {
            json.writeStartObject();
            json.writeStringProperty("name", word.name());
            json.writeStringProperty("value", word.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void payload(Payload payload, JsonGenerator json) {
        String text = payload.text();
        // malformed bytes read as U+FFFD; only where one shows up the strict check has to tell it from a real one
        if (text.indexOf('\uFFFD') < 0) {
            json.writeStringProperty("payload", text);
            return;
        }
        Optional<String> strict = payload.utf8();
        if (strict.isPresent()) {
            json.writeStringProperty("payload", strict.get());
        } else {
            json.writeBinaryProperty("payloadBase64", payload.toBytes());
        }
    }
}
