package io.berth.core.session;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import java.util.ArrayList;
import java.util.List;

/// An event log that wants everything and completes when told to.
final class RecordingLog implements EventLog {
    final List<Event> events = new ArrayList<>();
    final List<Completion> completions = new ArrayList<>();
    boolean wanting = true;

    @Override
    public boolean wants(DeviceId device, Event.Kind kind) {
        return wanting;
    }

    @Override
    public void append(Event event, Completion completion) {
        events.add(event);
        completions.add(completion);
    }

    List<String> payloads() {
        return events.stream().map(event -> event.payload().text()).toList();
    }
}
