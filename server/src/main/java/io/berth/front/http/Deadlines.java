package io.berth.front.http;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The deadlines on one event loop, swept once a beat, so that no request has a timer of its own. Time is
/// counted in beats, not read from a clock: a stepped clock ends no connection. On the event loop.
final class Deadlines {
    private final List<Entry> entries = new ArrayList<>();
    private int beat;

    Deadlines(EventLoop loop, Duration period) {
        var _ = loop.scheduleWithFixedDelay(this::sweep, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    Entry add(Runnable late) {
        Entry entry = new Entry(late, entries.size());
        entries.add(entry);
        return entry;
    }

    private void sweep() {
        beat++;
        // from the end, because an entry whose time is over takes itself off the list
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (i < entries.size()) { // with a connection go the entries of its streams
                entries.get(i).beat();
            }
        }
    }

    final class Entry {
        private final Runnable late;
        private int place;
        private int last = Integer.MAX_VALUE;

        private Entry(Runnable late, int place) {
            this.late = late;
            this.place = place;
        }

        /// Over after this time, unless it is set again.
        void within(Duration time) {
            last = beat + (int) time.toSeconds();
        }

        /// It is not the peer that takes time now.
        void suspend() {
            last = Integer.MAX_VALUE;
        }

        void remove() {
            Entry other = entries.removeLast();
            if (other != this) {
                entries.set(place, other);
                other.place = place;
            }
        }

        private void beat() {
            if (beat > last) {
                last = Integer.MAX_VALUE;
                late.run();
            }
        }
    }
}
