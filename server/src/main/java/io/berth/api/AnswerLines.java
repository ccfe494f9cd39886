package io.berth.api;

import io.berth.api.StreamedDelivery.Outcome;
import io.berth.web.Json;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Writes what became of streamed messages straight to bytes. A write to a client that is gone throws a
/// JacksonIOException.
final class AnswerLines implements AutoCloseable {
    private final JsonGenerator json;

    AnswerLines(OutputStream out) {
        this.json = Json.lines().createGenerator(ObjectWriteContext.empty(), out);
    }

    void answer(StreamedDelivery delivery, Outcome outcome) {
        json.writeStartObject();
        String id = delivery.id();
        if (id != null) {
            json.writeStringProperty("id", id);
        } else {
            json.writeNumberProperty("line", delivery.line());
        }
        switch (outcome) {
            case Outcome.Reached(var state) -> json.writeStringProperty("state", Words.of(state));
            case Outcome.Failed(var problem, String detail) -> {
                json.writeStringProperty("problem", problem.name());
                json.writeStringProperty("detail", detail);
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void summary(MessageSummary summary) {
        json.writeStartObject();
        json.writeName("summary");
        json.writeStartObject();
        json.writeNumberProperty("messages", summary.messages());
        json.writeNumberProperty("sent", summary.sent());
        json.writeNumberProperty("queued", summary.queued());
        json.writeNumberProperty("acknowledged", summary.acknowledged());
        json.writeNumberProperty("failed", summary.failed());
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void flush() {
        json.flush();
    }

    @Override
    public void close() {
        json.close();
    }
}
