package io.berth.core.call;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.CallState;
import io.berth.core.session.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Calls that wait for their devices: sent in order, the oldest first, each after the one before was written.
///
/// Which devices are waited for is remembered, so that a login of any other costs no look into the store.
final class WaitingCalls {
    private final CallStore store;
    private final Transmission transmission;
    private final Sessions sessions;
    private final int maxQueued;
    private final InstantSource clock;
    private final Set<DeviceId> waiting = ConcurrentHashMap.newKeySet();
    private final DeviceRuns runs = new DeviceRuns("waiting calls", this::sendAll);

    WaitingCalls(CallStore store, Transmission transmission, Sessions sessions, int maxQueued, InstantSource clock) {
        this.store = store;
        this.transmission = transmission;
        this.sessions = sessions;
        this.maxQueued = maxQueued;
        this.clock = clock;
    }

    /// Blocking.
    void load() {
        waiting.addAll(store.waiting());
    }

    /// A call was queued: it goes out now if it can. Completes when it was tried.
    CompletableFuture<Void> added(DeviceId device) {
        waiting.add(device);
        return sessions.isAttached(device) ? runs.ask(device) : CompletableFuture.completedFuture(null);
    }

    /// The device came online or hears more topics than before. Never blocks.
    void canHear(DeviceId device) {
        // a run under way may have tried too early
        if (waiting.contains(device) || runs.isRunning(device)) {
            var _ = runs.ask(device);
        }
    }

    private void sendAll(DeviceId device) {
        waiting.remove(device); // before the look: what is queued after it counts again
        boolean all = false;
        try {
            all = sendQueued(device);
        } finally {
            if (!all) {
                waiting.add(device);
            }
        }
    }

    private boolean sendQueued(DeviceId device) {
        for (Call call : store.queued(device, maxQueued)) {
            if (!sessions.isAttached(device) || !send(call)) {
                return false;
            }
        }
        return true;
    }

    /// False when the device cannot be told now.
    private boolean send(Call call) {
        String requestId = transmission.nextRequestId();
        Instant now = clock.instant();
        // kept as being sent before it is: after a crash it is not sent a second time
        Optional<Call> ready = store.change(
                        call.device(), call.id(), before -> before.isOverdue(now) ? before : before.sending(requestId))
                .toCompletableFuture()
                .join()
                .filter(changed -> changed.requestId().equals(requestId));
        return ready.isEmpty()
                || transmission
                        .send(ready.get(), this::unsent)
                        .join()
                        .filter(sent -> sent.state() == CallState.QUEUED)
                        .isEmpty();
    }

    private Call unsent(Call call, Problem problem, String detail) {
        return switch (problem) {
            case DEVICE_OFFLINE, NOT_SUBSCRIBED, CONNECTION_LOST, OVERLOADED -> call.queued();
            default -> call.failed(clock.instant(), problem, detail);
        };
    }
}
