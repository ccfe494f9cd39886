package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Notification;
import io.berth.web.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Events in Berth's own words: each the line that `berth tail --json` shows, under the word of its kind.
public final class NativeNotifications implements EventFormat {
    private static final int TYPICAL_BYTES = 512;

    @Override
    public String name() {
        return "native";
    }

    @Override
    public List<Notification> write(Event event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = Json.lines().createGenerator(ObjectWriteContext.empty(), out)) {
            NativeLine.write(event, json);
        }
        return List.of(new Notification(Words.of(event.kind()), Payload.owned(out.toByteArray()), true));
    }
}
