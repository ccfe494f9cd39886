package io.berth.core.message;

import io.berth.core.Payload;

/// A message from a device, typed by its dialect. `topic` is the wire's topic as the device sent it, for the log
/// and for whoever subscribes to messages.
public sealed interface Uplink {
    String topic();

    Qos qos();

    /// The bytes as they came.
    Payload payload();

    /// Anything on a custom topic.
    record Message(String topic, Qos qos, Payload payload) implements Uplink {}

    /// Values of properties; JSON of the dialect.
    record PropertyReport(String topic, Qos qos, Payload payload) implements Uplink {}

    /// Something happened at the device; JSON of the dialect.
    record EventReport(String topic, Qos qos, Payload payload) implements Uplink {}

    /// The device answers a request that came to it with this id.
    record Reply(String requestId, String topic, Qos qos, Payload payload) implements Uplink {}

    /// The device says something of itself (versions, tags, logs) that is neither value nor event.
    record Info(String topic, Qos qos, Payload payload) implements Uplink {}
}
