package io.berth.core.state;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.device.DeviceId;
import java.util.List;
import java.util.function.UnaryOperator;

/// Where the state of things and their history are kept.
public interface ThingStore {
    /// Keeps what devices reported; never blocks, any thread. The completion fires when all of it is where a
    /// crash leaves it, or with OVERLOADED or STORAGE_UNAVAILABLE; what one thread appended for a device
    /// takes effect in order, and a read that begins after the call sees it.
    void append(List<Facts> facts, Completion done);

    /// Blocking. Empty for a device nothing is known of.
    ThingState state(DeviceId device);

    /// Changes what is wanted (`desired` and `versions` of the answer) in one step that no other change comes
    /// between; durable when it returns. Blocking.
    ThingState change(DeviceId device, UnaryOperator<ThingState> change);

    /// Values a property had, or times an event happened, by time. Blocking.
    Page<HistoryPoint> history(HistoryQuery query);

    /// The numbers of a property, gathered by time. Buckets without a value are left out. Blocking.
    List<HistoryBucket> buckets(HistoryQuery query, java.time.Duration width);

    /// Forgets everything of a device. Blocking.
    void forget(DeviceId device);
}
