package io.berth.core.login;

import io.berth.core.login.Handover.Note;
import java.util.Map;

/// Where notes wait for the next run. Blocking; what returned is durable.
public interface HandoverStore {
    /// All of this kind. They are gone when this returns.
    Map<String, Note> take(String kind);

    /// Beside those that are there; one of the same key is replaced.
    void leave(String kind, Map<String, Note> notes);
}
