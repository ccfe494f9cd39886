package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.session.CloseCause;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the messages of one device in the order they came, also while one of them needs to look something
/// up: that one is read on a virtual thread, and what came after it waits. Used on the event loop. How much
/// may wait is the gate's business: it stops reading the socket.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final MqttConnection connection;
    private final ArrayDeque<Message> waiting = new ArrayDeque<>(2);
    private boolean busy;

    Lane(MqttConnection connection) {
        this.connection = connection;
    }

    /// @param then takes what the message turned out to be, on the event loop
    record Message(Route.Reader reader, Payload payload, Qos qos, Consumer<Reading> then) {}

    /// Whether a message has to wait here so that it does not overtake another.
    boolean isBusy() {
        return busy;
    }

    void read(Message message) {
        waiting.add(message);
        advance();
    }

    /// Looks something up for a message that was read already.
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
        advance();
    }

    private void advance() {
        while (!busy && !waiting.isEmpty()) {
            Message message = waiting.remove();
            message.then().accept(message.reader().read(message.payload(), message.qos()));
        }
    }
}
