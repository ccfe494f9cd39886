package io.berth.simulator.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened on the way, closed in the opposite order.
final class Owned implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();

    void onClose(Runnable closing) {
        closings.push(closing);
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
