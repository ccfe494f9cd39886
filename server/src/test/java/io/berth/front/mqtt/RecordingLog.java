package io.berth.front.mqtt;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.testing.TestEvents;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// Keeps the messages it is given. Accepts them at once, or when the test says so.
final class RecordingLog implements EventLog {
    final List<Event> messages = new CopyOnWriteArrayList<>();
    final List<Event> statuses = new CopyOnWriteArrayList<>();
    final BlockingQueue<Completion> open = new LinkedBlockingQueue<>();
    volatile boolean holding;

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
        if (event.kind() == Event.Kind.STATUS) {
            statuses.add(event);
            completion.done(null);
            return;
        }
        messages.add(event);
        if (holding) {
            open.add(completion);
        } else {
            completion.done(null);
        }
    }

    List<String> texts() {
        return messages.stream().map(TestEvents::text).toList();
    }

    List<String> statusTexts() {
        return statuses.stream().map(TestEvents::says).toList();
    }
}
