package io.berth.simulator.target;

import io.berth.simulator.wire.AmqpReceiver;
import io.berth.simulator.wire.Endpoint;

/// A consumer group made for one run, and the way in to it. Closing it deletes the group.
///
/// @param amqp where subscribers connect, in clear
public record Subscription(Endpoint amqp, AmqpReceiver.Login login, Runnable deletion) implements AutoCloseable {
    @Override
    public void close() {
        deletion.run();
    }
}
