package io.berth.testing;

import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Notification;
import java.util.List;

/// Tells the bytes as they came, and nothing of events without any.
public record PlainFormat(String name) implements EventFormat {
    @Override
    public List<Notification> write(Event event) {
        return event.origin() == null
                ? List.of()
                : List.of(new Notification(event.topic(), event.origin().payload(), true));
    }
}
