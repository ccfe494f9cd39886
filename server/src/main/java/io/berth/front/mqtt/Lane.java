package io.berth.front.mqtt;

import io.berth.core.session.CloseCause;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps messages of one connection in the order they came, also while one of them takes work that may block:
/// that is done on a virtual thread, and what came after waits its turn. Used on the event loop. How much may
/// wait is the user's business.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final MqttConnection connection;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
    private boolean busy;

    Lane(MqttConnection connection) {
        this.connection = connection;
    }

    /// Whether a message has to wait here so that it does not overtake another.
    boolean isBusy() {
        return busy;
    }

    int waiting() {
        return waiting.size();
    }

    /// Runs `turn`, on the event loop, when everything before is done.
    void await(Runnable turn) {
        waiting.add(turn);
    }

    /// Does the work for the message whose turn it is, and hands on what it comes to, on the event loop.
    <T> void look(Supplier<T> work, Consumer<T> then) {
        busy = true;
        Thread.ofVirtual().name("lane").start(() -> {
            try {
                T found = work.get();
                connection.pulse().post(() -> finish(found, then));
            } catch (RuntimeException | Error e) {
                LOG.error("a message of {} could not be handled", connection.device(), e);
                connection.pulse().post(() -> connection.close(CloseCause.INTERNAL_ERROR));
            }
        });
    }

    /// Gives everyone who waits the turn at once: the connection is over, and each will find that out.
    void abandon() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private <T> void finish(T found, Consumer<T> then) {
        busy = false;
        then.accept(found);
        while (!busy && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }
}
