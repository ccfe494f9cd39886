package io.berth.api;

import io.berth.core.message.Event;
import io.berth.web.Json;
import java.io.IOException;
import java.io.OutputStream;
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
            NativeLine.write(event, json);
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
}
