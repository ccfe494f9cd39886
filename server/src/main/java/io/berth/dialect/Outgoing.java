package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.message.Qos;

/// What a dialect puts on the wire.
public sealed interface Outgoing {
    /// @param implicit whether the device gets it without having subscribed
    /// @param implicitQos the QoS of a delivery no subscription asked for
    record Publish(String topic, Qos qos, Payload payload, boolean implicit, Qos implicitQos) implements Outgoing {
        public static Publish implicit(String topic, Qos qos, Payload payload) {
            return new Publish(topic, qos, payload, true, qos);
        }

        public static Publish subscribed(String topic, Qos qos, Payload payload) {
            return new Publish(topic, qos, payload, false, qos);
        }
    }

    record Refused(Problem problem, String detail) implements Outgoing {}
}
