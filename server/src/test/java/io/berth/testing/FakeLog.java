package io.berth.testing;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Wants everything and remembers it.
public final class FakeLog implements EventLog {
    public final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public boolean wants(DeviceId device, Event.Kind kind) {
        return true;
    }

    @Override
    public boolean wants(String product, Event.Kind kind) {
        return true;
    }

    @Override
    public void append(Event event, Completion completion) {
        events.add(event);
        completion.done(null);
    }
}
