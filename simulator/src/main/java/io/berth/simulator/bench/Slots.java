package io.berth.simulator.bench;

/// The events under way on one lane, by number from 1 to the window's size: also its MQTT packet ids. One thread.
final class Slots {
    private final long[] sinceNanos;
    private final int[] free;
    private int freeCount;

    Slots(int window) {
        sinceNanos = new long[window + 1];
        free = new int[window];
        for (int id = window; id >= 1; id--) {
            free[freeCount++] = id;
        }
    }

    int size() {
        return free.length;
    }

    int free() {
        return freeCount;
    }

    int take(long nanos) {
        int id = free[--freeCount];
        sinceNanos[id] = nanos;
        return id;
    }

    /// Gives the number back and says when its event began.
    long release(int id) {
        free[freeCount++] = id;
        return sinceNanos[id];
    }
}
