package io.berth.core.subscription;

import io.berth.core.Payload;
import java.util.List;
import java.util.Map;

/// Where readers of the event log stand, kept in batches by the engine of groups. Blocking; a returned change
/// is durable.
public interface CursorStore {
    /// @param reader a group's id or a rule action's
    /// @param partition of the log
    record Place(String reader, int partition) {}

    /// @param floor every record below it is settled
    /// @param settled the records above the floor that are settled too, in the engine's own form
    record Cursor(long floor, Payload settled) {}

    Map<Place, Cursor> load();

    void save(Map<Place, Cursor> changed);

    /// Forgets the reader's cursors and dead letters.
    void forget(String reader);

    /// An event that a reader was handed too often.
    ///
    /// @param record the event as the log keeps it
    /// @param reason why it was given up, as a sentence
    record DeadLetter(Place place, long offset, Payload record, int attempts, String reason) {}

    void bury(List<DeadLetter> letters);

    /// The newest first.
    List<DeadLetter> deadLetters(String reader, int most);
}
