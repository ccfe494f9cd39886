package io.berth.testing;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what it is told, and has it for good at once or when the test says so.
public final class FakeLog implements EventLog {
    public final List<Event> events = new CopyOnWriteArrayList<>();
    /// What a holding log owes.
    public final List<Completion> completions = new CopyOnWriteArrayList<>();
    public boolean wanting = true;
    private final boolean holding;

    public FakeLog() {
        this(false);
    }

    private FakeLog(boolean holding) {
        this.holding = holding;
    }

    /// One that has nothing for good before the test completes it.
    public static FakeLog holding() {
        return new FakeLog(true);
    }

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
        if (holding) {
            completions.add(completion);
        } else {
            completion.done(null);
        }
    }

    public List<String> says() {
        return events.stream().map(TestEvents::says).toList();
    }
}
