package io.berth.stream;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;

/// Gives each event to those who watch, and to the durable log when a reader will come for it. Only the log
/// makes a device wait for its acknowledgement.
public final class EventStreams implements EventLog {
    private final LiveFeed feed;
    private final DurableLog log;
    private final Interest interest;

    public EventStreams(LiveFeed feed, DurableLog log, Interest interest) {
        this.feed = feed;
        this.log = log;
        this.interest = interest;
    }

    @Override
    public boolean wants(DeviceId device, Event.Kind kind) {
        return interest.wants(device.product(), kind) || feed.wants(device, kind);
    }

    @Override
    public boolean wants(String product, Event.Kind kind) {
        return interest.wants(product, kind) || feed.wants(product, kind);
    }

    @Override
    public void append(Event event, Completion completion) {
        feed.append(event, Completion.IGNORED);
        if (interest.wants(event.product(), event.kind())) {
            log.append(event, completion);
        } else {
            completion.done(null);
        }
    }
}
