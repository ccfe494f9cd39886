package io.berth.core.session;

/// Has it written down once an hour when each device that is online was last heard: who searches by that finds none
/// that never went away, and a node that is killed does not take months with it. A part of the devices at a time,
/// so that a million of them are no burst.
public final class RollCall {
    static final int PARTS = 60;

    private final Sessions sessions;
    private int next;

    public RollCall(Sessions sessions) {
        this.sessions = sessions;
    }

    /// Calls the next part. To be called every minute, by one thread.
    public void next() {
        int part = next;
        sessions.call(device -> Math.floorMod(device.hashCode(), PARTS) == part);
        next = (next + 1) % PARTS;
    }
}
