package io.berth.storage;

import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Versions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Finds single devices in the memory that logins use: a look at a device reads no row and opens no secret. What
/// changes through here is forgotten there, or told to it. Any thread.
final class KnownDevices implements DeviceStore {
    private final DeviceStore store;
    private final CachedDeviceDirectory directory;

    KnownDevices(DeviceStore store, CachedDeviceDirectory directory) {
        this.store = store;
        this.directory = directory;
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        return directory.await(new DeviceRef.ById(id)).map(DeviceSnapshot::device);
    }

    @Override
    public Optional<Device> findByAlias(String alias) {
        return directory.await(new DeviceRef.ByAlias(alias)).map(DeviceSnapshot::device);
    }

    @Override
    public void insert(Device device) {
        store.insert(device);
    }

    @Override
    public List<ImportVerdict> insertAll(List<Device> devices, boolean dryRun) {
        return store.insertAll(devices, dryRun);
    }

    @Override
    public void update(Device device) {
        store.update(device);
        directory.forget(device.id());
    }

    @Override
    public void updatePins(DeviceId id, @Nullable Pins pins) {
        store.updatePins(id, pins);
        directory.forget(id);
    }

    @Override
    public boolean pin(DeviceId id, Fingerprint fingerprint) {
        boolean pinned = store.pin(id, fingerprint);
        directory.forget(id);
        return pinned;
    }

    @Override
    public void updateVersions(DeviceId id, Versions versions) {
        store.updateVersions(id, versions);
        directory.forget(id);
    }

    @Override
    public List<DeviceId> overdue(Instant now, int limit) {
        return store.overdue(now, limit);
    }

    @Override
    public void delete(DeviceId id) {
        store.delete(id);
        directory.forget(id);
    }

    @Override
    public Slice.Found<Device> find(DeviceCondition where, Slice slice) {
        return store.find(where, slice);
    }

    @Override
    public List<Device> byActivation(DeviceCondition where, Slice slice) {
        return store.byActivation(where, slice);
    }

    @Override
    public long count(DeviceCondition where) {
        return store.count(where);
    }

    @Override
    public CompletionStage<Void> recordPresence(Collection<Presence> presences) {
        return store.recordPresence(presences).thenRun(() -> presences.forEach(directory::seen));
    }

    @Override
    public CompletionStage<Void> activate(DeviceId id, Instant at) {
        return store.activate(id, at).thenRun(() -> directory.forget(id));
    }

    @Override
    public List<Presence> attached(int limit) {
        return store.attached(limit);
    }

    @Override
    public CompletionStage<Void> forgetAttached(Collection<DeviceId> devices) {
        return store.forgetAttached(devices);
    }
}
