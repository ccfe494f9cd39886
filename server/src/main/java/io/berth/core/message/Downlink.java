package io.berth.core.message;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.state.ShadowDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message to one device. The device's dialect chooses topic and form; a kind it cannot carry it refuses.
public sealed interface Downlink {
    Qos qos();

    /// Bytes for a topic of the device, as the application gave them.
    ///
    /// @param beside what else the application gave, for wires that can carry it
    record Message(String topic, Qos qos, Payload payload, MessageProperties beside) implements Downlink {
        /// The bytes alone.
        public Message(String topic, Qos qos, Payload payload) {
            this(topic, qos, payload, MessageProperties.NONE);
        }

        /// As it is kept for a device that is away.
        public Letter letter() {
            return new Letter(topic, payload, beside);
        }
    }

    /// Bytes for all devices of a product that asked for this broadcast topic.
    record Broadcast(String topic, Payload payload) implements Downlink {
        @Override
        public Qos qos() {
            return Qos.AT_MOST_ONCE;
        }
    }

    /// Something the platform has to say, in the wire's own form, with the certainty the wire gives it.
    sealed interface SystemDownlink extends Downlink {
        @Override
        default Qos qos() {
            return Qos.AT_LEAST_ONCE;
        }
    }

    /// Something the device should answer with [Uplink.Reply] under the same id: decimal digits, unique per
    /// device.
    sealed interface Ask extends SystemDownlink {
        String id();
    }

    /// Bytes to be answered with bytes.
    ///
    /// @param topic the custom topic to ask on, null for the dialect's own request topic
    record Request(String id, @Nullable String topic, Payload payload) implements Ask {
        @Override
        public Qos qos() {
            return Qos.AT_MOST_ONCE;
        }
    }

    /// Sets properties. The names are keys of the thing model; the values were admitted by it.
    record PropertySet(String id, Value.Fields values) implements Ask {}

    /// Asks for the present values of a module's properties.
    ///
    /// @param module empty for the default module
    /// @param identifiers those wanted, empty for all
    record PropertyGet(String id, String module, List<String> identifiers) implements Ask {
        public PropertyGet {
            identifiers = List.copyOf(identifiers);
        }
    }

    /// Calls a service. The input was admitted by the thing model, or is as the caller gave it where the
    /// model has no such service.
    ///
    /// @param service the key in the thing model: `reboot`, `lamp:blink`
    /// @param sync whether the caller waits: some wires carry that differently
    record Command(String id, String service, Value.Fields input, boolean sync) implements Ask {}

    /// The application changed what it wants of the shadow document.
    record ShadowChanged(ShadowDocument shadow) implements SystemDownlink {}

    /// What the platform did to the device: the device may say that it heard it, and loses its session next
    /// where it was disabled or deleted.
    record Notice(String id, Fate fate) implements Ask {
        public enum Fate {
            DISABLED,
            ENABLED,
            DELETED
        }
    }

    /// The children of a gateway changed.
    ///
    /// @param version counts the changes of this gateway's children
    record TopologyChanged(String id, Change change, List<DeviceSnapshot> children, long version) implements Ask {
        public TopologyChanged {
            children = List.copyOf(children);
        }

        public enum Change {
            ADDED,
            REMOVED,
            ENABLED,
            DISABLED
        }
    }

    /// Asks a gateway to add these devices to its children.
    record TopologyWanted(String id, List<DeviceId> children) implements Ask {
        public TopologyWanted {
            children = List.copyOf(children);
        }
    }

    /// Lets devices of a product join a gateway for some seconds.
    record JoinPermitted(String id, String product, int seconds) implements Ask {}

    /// A new remote configuration.
    record ConfigPushed(String id, Config config) implements Ask {
        /// @param id names this version of the configuration
        /// @param url where devices fetch it
        /// @param sha256 lower-case hex
        /// @param content the configuration itself, JSON
        public record Config(String id, String url, int bytes, String sha256, Payload content) {}
    }

    /// Whether the device should send its log.
    record LogWanted(String id, boolean wanted) implements Ask {}
}
