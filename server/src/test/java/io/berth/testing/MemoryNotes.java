package io.berth.testing;

import io.berth.core.login.Notes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notes that outlive the objects which made them.
public final class MemoryNotes implements Notes {
    private final InstantSource clock;
    private final Map<String, Kept> notes;

    public MemoryNotes(int most, InstantSource clock) {
        this.clock = clock;
        this.notes = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                return size() > most;
            }
        };
    }

    private static final class Kept implements Note {
        private final Instant expires;
        private volatile long value;

        Kept(Instant expires, long value) {
            this.expires = expires;
            this.value = value;
        }

        @Override
        public long value() {
            return value;
        }

        @Override
        public void set(long to) {
            value = to;
        }
    }

    @Override
    public synchronized Note keep(String name, long value, Instant expires) {
        Kept note = new Kept(expires, value);
        notes.remove(name);
        notes.put(name, note);
        return note;
    }

    @Override
    public synchronized @Nullable Note find(String name) {
        Kept note = notes.get(name);
        return note != null && note.expires.isAfter(clock.instant()) ? note : null;
    }

    public synchronized int size() {
        return notes.size();
    }
}
