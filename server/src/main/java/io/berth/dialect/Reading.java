package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Uplink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message from a device turned out to be.
public sealed interface Reading {
    /// A message for the platform. `reply`, if any, goes out once the platform accepted it.
    ///
    /// @param leftOut why parts of the message are not in the uplink: counted, a few stable words each
    record Accepted(Uplink uplink, Outgoing.@Nullable Publish reply, List<String> leftOut) implements Reading {
        public Accepted {
            leftOut = List.copyOf(leftOut);
        }

        public Accepted(Uplink uplink, Outgoing.@Nullable Publish reply) {
            this(uplink, reply, List.of());
        }
    }

    /// A conversation the dialect settles itself, such as a clock request.
    record Answered(Outgoing.Publish reply) implements Reading {}

    /// Not understood: dropped and counted under `reason` (a few stable words). The device may get a reply.
    record Dropped(String reason, Outgoing.@Nullable Publish reply) implements Reading {}

    /// The payload says that a device behind this connection speaks: what is read is that device's message, as
    /// with [Route.Through].
    record Through(DeviceId child, Reading reading) implements Reading {}

    /// What it is takes a look into the registry or a script: the front runs `work` on the session's lane,
    /// which may block, one message of a session at a time. What the device sends meanwhile waits its turn,
    /// so the order holds. The work answers any other reading; what it throws ends the connection as an
    /// internal error.
    record Later(Work work) implements Reading {
        @FunctionalInterface
        public interface Work {
            Reading read();
        }
    }
}
