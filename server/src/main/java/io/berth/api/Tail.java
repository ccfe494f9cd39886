package io.berth.api;

import io.berth.core.message.Event;
import io.berth.core.message.EventFeed;
import io.berth.core.message.EventHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// One tail while it lasts: first what the log has, then what happens.
final class Tail {
    private final EventFeed.Filter filter;
    private final EventFeed.Watch watch;
    private final EventLines out;
    private final Duration heartbeat;
    private final long end;
    private long left;

    /// The last event told from the log: those up to it were seen, though the watch may have them too.
    private long last;

    Tail(
            EventFeed.Filter filter,
            EventFeed.Watch watch,
            EventLines out,
            long count,
            Duration heartbeat,
            Duration patience) {
        this.filter = filter;
        this.watch = watch;
        this.out = out;
        this.left = count;
        this.heartbeat = heartbeat;
        this.end = System.nanoTime() + patience.toNanos();
    }

    void tell(EventHistory.Past past) throws IOException, InterruptedException {
        List<Event> live = List.of();
        for (List<Event> events = past.next(); !events.isEmpty() && goesOn(); events = past.next()) {
            // the log has what happens meanwhile, but for the newest: the watch must not run over
            live = watch.next(Duration.ZERO).events();
            tell(events.stream().filter(filter::matches).toList());
            last = events.getLast().id();
        }
        tell(unseen(live));
        while (goesOn() && watch.isOpen()) {
            Duration remaining = Duration.ofNanos(end - System.nanoTime());
            EventFeed.Batch batch = watch.next(remaining.compareTo(heartbeat) < 0 ? remaining : heartbeat);
            if (batch.dropped() > 0) {
                out.dropped(batch.dropped());
            }
            if (batch.events().isEmpty()) {
                out.heartbeat();
            }
            tell(unseen(batch.events()));
        }
    }

    private boolean goesOn() {
        return left > 0 && end - System.nanoTime() > 0;
    }

    private List<Event> unseen(List<Event> live) {
        return live.stream().filter(event -> event.id() > last).toList();
    }

    private void tell(List<Event> events) throws IOException {
        List<Event> wanted = events.size() > left ? events.subList(0, (int) left) : events;
        for (Event event : wanted) {
            out.event(event);
        }
        left -= wanted.size();
        out.flush();
    }
}
