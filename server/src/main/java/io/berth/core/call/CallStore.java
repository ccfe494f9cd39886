package io.berth.core.call;

import io.berth.core.Page;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// Where calls are kept. What changes is asynchronous: a completed stage is durable, and changes of one device
/// take effect in call order. What reads is blocking.
public interface CallStore {
    /// How much is kept of one device.
    ///
    /// @param queued calls that wait for it
    /// @param calls all calls; beyond, the oldest that are over are forgotten
    record Bounds(int queued, int calls) {}

    /// Adds the call. DEVICE_NOT_FOUND; LIMIT_REACHED when it is to be queued and too many are.
    CompletionStage<Void> add(Call call, Bounds bounds);

    /// Changes a call that is not over, in one step that no other change comes between, and completes with
    /// what it is then; empty when there is no such call or it is over. Fails with what the change throws.
    /// The change may run on any thread and must not block.
    CompletionStage<Optional<Call>> change(DeviceId device, String id, UnaryOperator<Call> change);

    Optional<Call> find(DeviceId device, String id);

    /// Newest first.
    Page<Call> list(DeviceId device, Page.Request page);

    /// Calls that are not over and have this id on the wire, newest first: few, because ids return after
    /// months.
    List<Call> open(String requestId);

    /// Calls that are not over and whose callers wait, oldest first.
    List<Call> awaited(int limit);

    /// Calls that wait for the device, oldest first.
    List<Call> queued(DeviceId device, int limit);

    /// Devices that calls wait for.
    List<DeviceId> waiting();

    /// Calls that are not over although their time is, oldest first.
    List<Call> overdue(Instant now, int limit);

    /// Forgets calls that ended before; how many they were.
    int purge(Instant before);
}
