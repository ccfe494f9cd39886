package io.berth.testing;

import io.berth.core.login.Handover.Note;
import io.berth.core.login.HandoverStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Notes that outlive the objects which left them.
public final class MemoryHandover implements HandoverStore {
    private final Map<String, Map<String, Note>> notes = new HashMap<>();

    @Override
    public Map<String, Note> take(String kind) {
        return Objects.requireNonNullElse(notes.remove(kind), Map.of());
    }

    @Override
    public void leave(String kind, Map<String, Note> left) {
        notes.computeIfAbsent(kind, _ -> new HashMap<>()).putAll(left);
    }
}
