package io.berth.dialect;

import io.berth.core.message.Uplink;
import org.jspecify.annotations.Nullable;

/// What a message from a device turned out to be.
public sealed interface Reading {
    /// A message for the platform. `reply`, if any, goes out once the platform accepted it.
    ///
    /// @param isPartial whether values that do not fit the thing model were left out: counted
    record Accepted(Uplink uplink, Outgoing.@Nullable Publish reply, boolean isPartial) implements Reading {
        public Accepted(Uplink uplink, Outgoing.@Nullable Publish reply) {
            this(uplink, reply, false);
        }
    }

    /// A conversation the dialect settles itself, such as a clock request.
    record Answered(Outgoing.Publish reply) implements Reading {}

    /// Not understood: dropped and counted under `reason` (a few stable words). The device may get a reply.
    record Dropped(String reason, Outgoing.@Nullable Publish reply) implements Reading {}

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
