package io.berth.core.message;

import io.berth.core.Payload;
import org.jspecify.annotations.Nullable;

/// A message to one device. The device's dialect chooses topic and form; a kind it cannot carry it refuses.
public sealed interface Downlink {
    Qos qos();

    Payload payload();

    /// Bytes for a topic of the device, as the application gave them.
    record Message(String topic, Qos qos, Payload payload) implements Downlink {}

    /// Something the device should answer.
    ///
    /// @param id decimal digits, unique per device; comes back in [Uplink.Reply]
    /// @param topic the custom topic to ask on, null for the dialect's own request topic
    record Request(String id, @Nullable String topic, Payload payload) implements Downlink {
        @Override
        public Qos qos() {
            return Qos.AT_MOST_ONCE;
        }
    }

    /// Sets properties; the payload is the JSON object of values. The device answers with [Uplink.Reply].
    record PropertySet(String id, Payload payload) implements Downlink {
        @Override
        public Qos qos() {
            return Qos.AT_LEAST_ONCE;
        }
    }

    /// Calls a command of a service; the payload is the JSON object of parameters. Answered with [Uplink.Reply].
    record Command(String id, String service, String command, Payload payload) implements Downlink {
        @Override
        public Qos qos() {
            return Qos.AT_LEAST_ONCE;
        }
    }

    /// Bytes for all devices of a product that asked for this broadcast topic.
    record Broadcast(String topic, Payload payload) implements Downlink {
        @Override
        public Qos qos() {
            return Qos.AT_MOST_ONCE;
        }
    }
}
