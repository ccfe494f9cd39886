package io.berth.core.login;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What is remembered in memory only, because it changes with every message, and passes from one run of the
/// server to the next. It does so when a run stops in order. What a run took over is gone from the store: a run that
/// was killed leaves nothing, and nobody goes by numbers that are old. Used when a run begins and ends; blocking.
public final class Handover implements AutoCloseable {
    private final HandoverStore store;
    private final InstantSource clock;
    private final Map<String, Supplier<Map<String, Note>>> leaving = new LinkedHashMap<>();

    public Handover(HandoverStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param expires when nobody will ask for it any more
    public record Note(long value, Instant expires) {}

    /// What the last run left of this kind.
    public Map<String, Note> take(String kind) {
        return current(store.take(kind));
    }

    /// Lets the next run have what there is of this kind when this one stops.
    public void leave(String kind, Supplier<Map<String, Note>> notes) {
        leaving.put(kind, notes);
    }

    /// When nothing is received any more.
    @Override
    public void close() {
        leaving.forEach((kind, notes) -> store.leave(kind, current(notes.get())));
    }

    private Map<String, Note> current(Map<String, Note> notes) {
        Map<String, Note> current = new HashMap<>(notes);
        Instant now = clock.instant();
        current.values().removeIf(note -> !note.expires().isAfter(now));
        return current;
    }
}
