package io.berth.stream.group;

import io.berth.core.message.Event;
import org.jspecify.annotations.Nullable;

/// An event a reader took off the log and has not settled. A link of its track's chain; all of it under the
/// lock of the run.
final class Pending {
    final Track track;
    final long offset;
    final long time;

    /// Null until it is read again, after a restart or when nobody was there to take it.
    @Nullable
    Event event;

    /// How long it is; nothing until it was read.
    int octets;

    State state = State.WAITING;

    /// How often it was handed out and not accepted.
    int attempts;

    boolean handedBefore;

    /// Whether it was no news any more when it was handed out.
    boolean late;

    /// Whether the later events of its device wait for this one; only where order is kept.
    boolean hasTurn;

    /// When it is handed out again, or must have been settled; milliseconds.
    long due;

    @Nullable
    Pending previous;

    @Nullable
    Pending next;

    enum State {
        WAITING,
        /// With a consumer.
        OUT,
        /// Given up, and still to be written down as a dead letter.
        DEAD,
        SETTLED
    }

    Pending(Track track, long offset, long time, int attempts, @Nullable Event event) {
        this.track = track;
        this.offset = offset;
        this.time = time;
        this.attempts = attempts;
        this.event = event;
        this.octets = event == null ? 0 : event.octets();
    }

    /// It was read again.
    void found(Event again) {
        event = again;
        octets = again.octets();
    }

    Event event() {
        if (event == null) {
            throw new IllegalStateException("the event at " + offset + " was not read");
        }
        return event;
    }
}
