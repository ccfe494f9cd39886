package io.berth.stream;

import io.berth.core.Completion;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventFeed;
import io.berth.core.message.EventLog;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/// Events to those who watch right now, in memory. Any thread; closing it ends every watch.
public final class LiveFeed implements EventLog, EventFeed, AutoCloseable {
    private final int maxWatches;
    private final int maxQueued;
    private final CopyOnWriteArrayList<LiveWatch> watches = new CopyOnWriteArrayList<>();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean closed;

    /// @param maxWatches how many may watch at once
    /// @param maxQueued how many events wait for one watcher before the oldest is lost
    public LiveFeed(int maxWatches, int maxQueued) {
        this.maxWatches = maxWatches;
        this.maxQueued = maxQueued;
    }

    /// One volatile read while nobody watches.
    @Override
    public boolean wants(DeviceId device, Event.Kind kind) {
        if (watches.isEmpty()) {
            return false;
        }
        for (LiveWatch watch : watches) {
            if (watch.filter().matches(device, kind)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean wants(String product, Event.Kind kind) {
        for (LiveWatch watch : watches) {
            if (watch.filter().matches(product, kind)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void append(Event event, Completion completion) {
        for (LiveWatch watch : watches) {
            if (watch.filter().matches(event) && !watch.offer(event)) {
                dropped.increment();
            }
        }
        completion.done(null);
    }

    @Override
    public Watch watch(Filter filter) {
        LiveWatch watch = new LiveWatch(filter, maxQueued, watches::remove);
        synchronized (watches) {
            if (watches.size() >= maxWatches) {
                throw new ProblemException(Problem.OVERLOADED, maxWatches + " watch live events already");
            }
            watches.add(watch);
        }
        if (closed) {
            watch.end();
        }
        return watch;
    }

    public int watching() {
        return watches.size();
    }

    /// How many events slow watchers lost so far.
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        closed = true;
        watches.forEach(LiveWatch::end);
    }
}
