package io.berth.rule.scene;

import io.berth.core.scene.Firing;
import io.berth.core.scene.Scenes;
import java.util.ArrayDeque;
import java.util.List;

/// What a scene did since the start. Any thread.
final class Ledger {
    private final int kept;
    private final ArrayDeque<Firing> newest = new ArrayDeque<>();
    private long fired;
    private long failed;
    private long suppressed;

    Ledger(int kept) {
        this.kept = kept;
    }

    synchronized void fired(Firing firing) {
        fired++;
        if (firing.hasFailed()) {
            failed++;
        }
        newest.addFirst(firing);
        if (newest.size() > kept) {
            newest.removeLast();
        }
    }

    synchronized void suppressed() {
        suppressed++;
    }

    synchronized Scenes.Progress progress() {
        return new Scenes.Progress(fired, failed, suppressed, List.copyOf(newest));
    }
}
