package io.berth.front.mqtt;

import io.berth.core.session.CloseCause;
import io.berth.dialect.Reading;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the messages of one connection in the order they came, also while one of them needs to look something
/// up: that is done on a virtual thread, and what came after waits its turn. Used on the event loop. How much may
/// wait is the gate's business: it stops reading the socket.
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

    /// Runs `turn`, on the event loop, when everything before is done.
    void await(Runnable turn) {
        waiting.add(turn);
    }

    /// Does the work for the message whose turn it is, and hands on what it comes to, on the event loop.
    void look(Reading.Later later, Consumer<Reading> then) {
        busy = true;
        Thread.ofVirtual().name("lane").start(() -> {
            try {
                Reading reading = later.work().read();
                connection.pulse().post(() -> finish(reading, then));
            } catch (RuntimeException | Error e) {
                LOG.error("a message of {} could not be read", connection.device(), e);
                connection.pulse().post(() -> connection.close(CloseCause.INTERNAL_ERROR));
            }
        });
    }

    private void finish(Reading reading, Consumer<Reading> then) {
        busy = false;
        then.accept(reading);
        while (!busy && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }
}
