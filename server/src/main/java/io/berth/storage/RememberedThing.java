package io.berth.storage;

import io.berth.binary.ValueCodec.Out;
import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import org.jspecify.annotations.Nullable;

/// One thing in memory: its row as the database has it, and the entries since. Only [ThingMemory] touches it.
final class RememberedThing {
    final DeviceId device;

    /// Null while nobody needed to read it.
    @Nullable
    Payload row;

    /// Entries up to this number are in the row.
    long folded;

    /// Entries the row does not have yet, one behind the other.
    final Out pending = new Out(0);

    /// Number of the newest entry.
    long last;

    /// Whether the next fold is to look at it.
    boolean changed;

    /// Whether the tables still hold what was forgotten.
    boolean haunted;

    /// The row of the history that small additions join.
    @Nullable
    OpenChunk open;

    RememberedThing(DeviceId device) {
        this.device = device;
    }

    /// @param number names the row together with the thing and the hour
    record OpenChunk(long hour, long number, int bytes) {}
}
