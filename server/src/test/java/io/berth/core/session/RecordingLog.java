package io.berth.core.session;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.testing.TestEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An event log that wants everything and completes when told to.
final class RecordingLog implements EventLog {
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<Completion> completions = new CopyOnWriteArrayList<>();
    boolean wanting = true;

    @Override
    public boolean wants(DeviceId device, Event.Kind kind) {
        return wanting;
    }

    @Override
    public boolean wants(String product, Event.Kind kind) {
        return wanting;
    }

    @Override
    public void append(Event event, Completion completion) {
        events.add(event);
        completions.add(completion);
    }

    List<String> says() {
        return events.stream().map(TestEvents::says).toList();
    }
}
