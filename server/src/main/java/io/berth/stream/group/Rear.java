package io.berth.stream.group;

import org.jspecify.annotations.Nullable;

/// The end of a track where events are given up: its oldest that no consumer has in hand. Under the lock of the run.
final class Rear {
    private final Track track;
    private @Nullable Pending at;

    Rear(Track track) {
        this.track = track;
        this.at = waiting(track.head());
        track.seek();
    }

    /// That of the oldest event, or of one before it when it is not read; the greatest number when there is none.
    long time() {
        if (at != null) {
            return at.time;
        }
        return track.backlog().size() > 0 ? track.backlog().oldest() : Long.MAX_VALUE;
    }

    /// The oldest event; null when it has to be read first.
    @Nullable
    Pending take() {
        Pending oldest = at;
        if (oldest == null) {
            oldest = track.take();
            track.seek();
        } else {
            at = waiting(oldest.next);
        }
        return oldest;
    }

    private static @Nullable Pending waiting(@Nullable Pending first) {
        Pending each = first;
        while (each != null && each.state != Pending.State.WAITING) {
            each = each.next;
        }
        return each;
    }
}
