package io.berth.stream.group;

import io.berth.core.Payload;
import io.berth.core.subscription.CursorStore;
import io.berth.core.subscription.CursorStore.Cursor;
import io.berth.core.subscription.CursorStore.DeadLetter;
import io.berth.core.subscription.CursorStore.Place;
import io.berth.stream.EventCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes down, for all readers together, where they stand, and buries what was given up: first that, so that a
/// crash between the two gives an event up twice rather than never.
final class CursorSaver {
    private final CursorStore store;
    private final Collection<GroupRun> runs;

    /// @param runs a live view of them
    CursorSaver(CursorStore store, Collection<GroupRun> runs) {
        this.store = store;
        this.runs = runs;
    }

    /// Blocks; what could not be kept is tried again in the next round.
    synchronized void round() {
        bury();
        Map<Place, Cursor> changed = new HashMap<>();
        runs.forEach(run -> run.change(supply -> supply.stand(run.reader.id(), changed)));
        if (changed.isEmpty()) {
            return;
        }
        try {
            store.save(changed);
        } catch (RuntimeException e) {
            runs.forEach(run -> run.change(Supply::forgetStand));
            throw e;
        }
    }

    /// To be called when it has no run any more.
    synchronized void forget(String reader) {
        store.forget(reader);
    }

    private void bury() {
        Map<GroupRun, List<Supply.Grave>> graves = new LinkedHashMap<>();
        List<DeadLetter> letters = new ArrayList<>();
        for (GroupRun run : runs) {
            List<Supply.Grave> ofRun = run.with(Supply::graves);
            if (!ofRun.isEmpty()) {
                graves.put(run, ofRun);
                ofRun.forEach(grave -> letters.add(letter(run, grave)));
            }
        }
        if (!letters.isEmpty()) {
            store.bury(letters);
            graves.forEach((run, ofRun) -> run.change(supply -> supply.buried(ofRun)));
        }
    }

    private static DeadLetter letter(GroupRun run, Supply.Grave grave) {
        Pending pending = grave.pending();
        return new DeadLetter(
                new Place(run.reader.id(), pending.track.partition),
                pending.offset,
                Payload.owned(EventCodec.encode(grave.event())),
                pending.attempts,
                grave.reason());
    }
}
