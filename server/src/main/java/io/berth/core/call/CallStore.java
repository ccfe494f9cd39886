package io.berth.core.call;

import io.berth.core.Page;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where calls are kept, the newest of each device.
public interface CallStore {
    /// Inserts or replaces the call; never blocks. What is stored of one call never goes back from a final
    /// state. The stage completes when it is durable.
    CompletionStage<Void> put(Call call);

    /// Blocking.
    Optional<Call> find(DeviceId device, String id);

    /// The newest call with this id on the wire that is not over. Blocking.
    Optional<Call> findOpen(DeviceId device, String requestId);

    /// Newest first. Blocking.
    Page<Call> list(DeviceId device, Page.Request page);

    /// Calls that wait for the device, oldest first. Blocking.
    List<Call> queued(DeviceId device, int limit);

    /// Calls that are not over although their time is, oldest first. Blocking.
    List<Call> overdue(Instant now, int limit);

    /// Forgets calls that ended before. Blocking.
    int purge(Instant before);
}
