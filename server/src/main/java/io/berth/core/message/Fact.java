package io.berth.core.message;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Event.Kind;
import io.berth.core.state.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event says, in no vendor's words. Formats write it in the words of each subscriber.
public sealed interface Fact {
    Kind kind();

    /// A device sent bytes; the event's origin has them.
    record Message() implements Fact {
        @Override
        public Kind kind() {
            return Kind.MESSAGE;
        }
    }

    /// A device reported values of properties. `facts` has no occurrences.
    record Properties(Facts facts) implements Fact {
        @Override
        public Kind kind() {
            return Kind.PROPERTY;
        }
    }

    /// Something happened at a device. `facts` has one occurrence, or none when the model does not know it.
    record Happened(Facts facts) implements Fact {
        @Override
        public Kind kind() {
            return Kind.EVENT;
        }
    }

    /// A device came or went.
    ///
    /// @param cause the stable lower-case words of why: `connected`, `keep-alive-expired`, …
    /// @param since when the session began
    /// @param address the peer's address and port
    record Status(boolean online, String cause, Instant since, String address) implements Fact {
        @Override
        public Kind kind() {
            return Kind.STATUS;
        }
    }

    /// A device, or a product as a whole, was made, changed or deleted.
    ///
    /// @param alias the second name, kept here because a deleted device can no longer be asked; a product's
    /// alias
    /// @param nodeId a device's name of its own, a product's name
    record Lifecycle(Change change, String alias, String nodeId) implements Fact {
        @Override
        public Kind kind() {
            return Kind.LIFECYCLE;
        }

        public enum Change {
            CREATED,
            UPDATED,
            ENABLED,
            DISABLED,
            RESET,
            DELETED
        }
    }

    /// The device of the event stands behind this gateway from now on, or does not any more.
    record Topology(boolean added, DeviceId gateway) implements Fact {
        @Override
        public Kind kind() {
            return Kind.TOPOLOGY;
        }
    }

    /// The same as seen from the gateway of the event, and what else becomes of devices behind it.
    ///
    /// @param devices those that are concerned; never empty
    record Children(TopologyChanged.Change change, List<DeviceId> devices) implements Fact {
        public Children {
            devices = List.copyOf(devices);
        }

        @Override
        public Kind kind() {
            return Kind.TOPOLOGY;
        }
    }

    /// The gateway of the event says which devices it sees.
    ///
    /// @param devices a product key and a device name each; they need not exist
    record Found(List<DeviceId> devices) implements Fact {
        public Found {
            devices = List.copyOf(devices);
        }

        @Override
        public Kind kind() {
            return Kind.TOPOLOGY;
        }
    }

    /// The device says of itself what its tags are.
    record Tagged(Map<String, String> tags) implements Fact {
        public Tagged {
            tags = Map.copyOf(tags);
        }

        @Override
        public Kind kind() {
            return Kind.LIFECYCLE;
        }
    }

    /// A device answered a request.
    ///
    /// @param answer what it says, null when the answer has no form but the bytes of the origin
    record Replied(String requestId, @Nullable Answer answer) implements Fact {
        @Override
        public Kind kind() {
            return Kind.COMMAND;
        }
    }

    /// A call got further.
    ///
    /// @param call its id
    /// @param target the service's key, empty for properties
    /// @param problem why it ended without an answer, null otherwise
    /// @param detail the same as a sentence, empty otherwise
    record CallProgress(
            String call,
            String target,
            CallState state,
            CallTimes times,
            @Nullable Answer answer,
            @Nullable Problem problem,
            String detail)
            implements Fact {
        @Override
        public Kind kind() {
            return Kind.COMMAND;
        }
    }

    /// When each of these was so, null before.
    record CallTimes(
            Instant created,
            @Nullable Instant sent,
            @Nullable Instant acknowledged,
            @Nullable Instant ended) {}

    /// A message to a device got further.
    ///
    /// @param name what the application called it, empty when nothing
    /// @param problem why it failed, null while it has not
    record MessageProgress(
            String message,
            String name,
            String topic,
            DeliveryState state,
            @Nullable Problem problem,
            String detail) implements Fact {
        @Override
        public Kind kind() {
            return Kind.COMMAND;
        }
    }

    /// A fact in the form of whoever raised it, such as an alarm.
    ///
    /// @param what a stable lower-case word: `alarm`
    record Told(Kind kind, String what, Value.Fields content) implements Fact {}
}
