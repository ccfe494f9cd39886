package io.berth.storage;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Remembers when devices were last heard, where they were attached and whether they still are, the newest per device,
/// until [#flush()] writes them, many at once. A crash within that time forgets it. Keeps at most `bound`
/// devices; beyond, presence is dropped and counted.
final class PresenceWriter implements Sessions.PresenceListener {
    private static final int BATCH = 1_000;

    private final DeviceStore store;
    private final int bound;
    private final ConcurrentHashMap<DeviceId, Presence> pending = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();

    PresenceWriter(DeviceStore store, int bound) {
        this.store = store;
        this.bound = bound;
    }

    @Override
    public void seen(Session session) {
        record(session, true);
    }

    @Override
    public void stillHere(Session session) {
        record(session, true);
    }

    private void record(Session session, boolean attached) {
        Presence presence = new Presence(session.device(), session.lastHeard(), session.address(), attached);
        if (pending.size() < bound || pending.containsKey(session.device())) {
            pending.put(session.device(), presence);
        } else {
            dropped.incrementAndGet();
        }
    }

    /// A device that was reset counts as never seen: what its last session left behind must not say otherwise.
    @Override
    public void ended(Session session, CloseCause cause) {
        if (cause == CloseCause.DEVICE_RESET || cause == CloseCause.DEVICE_DELETED) {
            pending.remove(session.device());
        } else {
            record(session, false);
        }
    }

    /// Its last session may have ended a moment ago and not be written down yet.
    @Override
    public void reset(DeviceId device) {
        pending.remove(device);
    }

    long dropped() {
        return dropped.get();
    }

    int pending() {
        return pending.size();
    }

    /// Hands what is pending to the store; what it does not take stays pending unless something newer came.
    CompletableFuture<Void> flush() {
        List<CompletableFuture<?>> writes = new ArrayList<>();
        List<Presence> batch = new ArrayList<>(BATCH);
        for (Map.Entry<DeviceId, Presence> entry : pending.entrySet()) {
            if (pending.remove(entry.getKey(), entry.getValue())) {
                batch.add(entry.getValue());
            }
            if (batch.size() == BATCH) {
                writes.add(write(batch));
                batch = new ArrayList<>(BATCH);
            }
        }
        if (!batch.isEmpty()) {
            writes.add(write(batch));
        }
        return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> write(List<Presence> batch) {
        return store.recordPresence(batch).toCompletableFuture().whenComplete((_, failure) -> {
            if (failure != null) {
                batch.forEach(presence -> pending.putIfAbsent(presence.id(), presence));
            }
        });
    }
}
