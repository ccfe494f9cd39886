package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.message.Letter;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Qos;

/// What a dialect puts on the wire.
public sealed interface Outgoing {
    /// @param implicit whether the device gets it without having subscribed
    /// @param implicitQos the QoS of a delivery no subscription asked for
    record Publish(Letter letter, Qos qos, boolean implicit, Qos implicitQos) implements Outgoing {
        public Publish(String topic, Qos qos, Payload payload, boolean implicit, Qos implicitQos) {
            this(new Letter(topic, payload), qos, implicit, implicitQos);
        }

        public static Publish implicit(String topic, Qos qos, Payload payload) {
            return new Publish(topic, qos, payload, true, qos);
        }

        public static Publish subscribed(String topic, Qos qos, Payload payload) {
            return new Publish(topic, qos, payload, false, qos);
        }

        /// The same with this beside its bytes.
        public Publish with(MessageProperties beside) {
            return new Publish(new Letter(topic(), payload(), beside), qos, implicit, implicitQos);
        }

        public String topic() {
            return letter.topic();
        }

        public Payload payload() {
            return letter.payload();
        }
    }

    record Refused(Problem problem, String detail) implements Outgoing {}

    /// What it is takes a script: the front runs `work` off the event loop, where it may block. What is sent
    /// to the device meanwhile waits its turn, so the order holds. The work answers any other outgoing; what
    /// it throws ends the connection as an internal error.
    record Later(Work work) implements Outgoing {
        @FunctionalInterface
        public interface Work {
            Outgoing write();
        }
    }
}
