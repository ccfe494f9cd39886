package io.berth.testing;

import io.berth.core.device.DeviceId;
import io.berth.core.login.Refusal;
import io.berth.core.login.RefusalStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Refusals in memory, the newest first.
public final class MemoryRefusals implements RefusalStore {
    private final CopyOnWriteArrayList<Refusal> refusals = new CopyOnWriteArrayList<>();

    @Override
    public void add(Refusal refusal) {
        refusals.addFirst(refusal);
    }

    @Override
    public List<Refusal> find(DeviceId device, int limit) {
        return refusals.stream()
                .filter(refusal -> device.equals(refusal.device()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Refusal> findClaimed(String claimed, int limit) {
        return refusals.stream()
                .filter(refusal -> refusal.claimed().equals(claimed))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Refusal> newest(int limit) {
        return refusals.stream().limit(limit).toList();
    }
}
