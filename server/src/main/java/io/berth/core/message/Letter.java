package io.berth.core.message;

import io.berth.core.Payload;

/// What stands in one message on its way to a device.
///
/// @param beside what wires that can carry it bring too; others leave it out
public record Letter(String topic, Payload payload, MessageProperties beside) {
    /// The bytes alone.
    public Letter(String topic, Payload payload) {
        this(topic, payload, MessageProperties.NONE);
    }
}
