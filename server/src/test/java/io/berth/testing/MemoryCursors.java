package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.CursorStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cursors and dead letters in memory. A test may have it refuse writes, and take it from a writer that crashed.
public final class MemoryCursors implements CursorStore {
    private final Map<Place, Cursor> cursors = new HashMap<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private volatile boolean refusing;
    private int saved;

    public MemoryCursors() {}

    /// What a writer had kept when it crashed: nothing it writes from here on.
    public MemoryCursors(MemoryCursors crashed) {
        synchronized (crashed) {
            cursors.putAll(crashed.cursors);
            letters.addAll(crashed.letters);
        }
    }

    @Override
    public synchronized Map<Place, Cursor> load() {
        return Map.copyOf(cursors);
    }

    @Override
    public synchronized void save(Map<Place, Cursor> changed) {
        refuseIfTold();
        cursors.putAll(changed);
        saved += changed.size();
    }

    @Override
    public synchronized void forget(String reader) {
        cursors.keySet().removeIf(place -> place.reader().equals(reader));
        letters.removeIf(letter -> letter.place().reader().equals(reader));
    }

    @Override
    public synchronized void bury(List<DeadLetter> more) {
        refuseIfTold();
        letters.addAll(more);
    }

    @Override
    public synchronized List<DeadLetter> deadLetters(String reader, int most) {
        List<DeadLetter> found = new ArrayList<>(letters);
        found.removeIf(letter -> !letter.place().reader().equals(reader));
        Collections.reverse(found);
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    /// How many cursors were written so far.
    public synchronized int saved() {
        return saved;
    }

    /// From now on whether writes fail.
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    private void refuseIfTold() {
        if (refusing) {
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "the test refuses writes");
        }
    }
}
