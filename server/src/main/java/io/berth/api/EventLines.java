package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.json.ValueJson;
import io.berth.web.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;

/// Writes tail lines straight to bytes: this is the hot path of a tail, a line per event of a whole fleet.
final class EventLines implements AutoCloseable {
    private final JsonGenerator json;

    EventLines(OutputStream out) {
        this.json = Json.lines().createGenerator(ObjectWriteContext.empty(), out);
    }

    void event(Event event) throws IOException {
        try {
            json.writeStartObject();
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
            if (origin != null && origin.topic() != null) {
                json.writeStringProperty("topic", origin.topic());
                json.writeNumberProperty("qos", origin.qos() == Qos.AT_MOST_ONCE ? 0 : 1);
                payload(origin.payload());
                properties(origin.properties());
            }
            data(event);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    void dropped(long count) throws IOException {
        try {
            json.writeStartObject();
            json.writeNumberProperty("dropped", count);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    void heartbeat() throws IOException {
        try {
            json.writeRaw('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    void flush() throws IOException {
        try {
            json.flush();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (JacksonException _) {
            // the reader is gone: there is nobody left to tell
        }
    }

    /// What is no message has its data as text where messages have their bytes: scripts read it there.
    private void data(Event event) {
        Value.Fields said = NativeFacts.of(event.fact());
        if (said.isEmpty()) {
            return;
        }
        String data = ValueJson.write(said);
        if (event.topic().isEmpty()) {
            json.writeStringProperty("payload", data);
        }
        json.writeName("data");
        json.writeRawValue(data);
    }

    private void properties(MessageProperties properties) {
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

    private void payload(Payload payload) {
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
