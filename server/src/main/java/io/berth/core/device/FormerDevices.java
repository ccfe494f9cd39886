package io.berth.core.device;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The directory as those see it who tell of what happened: a device that was deleted has the names it had,
/// for its end is told after it. The newest are remembered, until the server stops. Any thread.
public final class FormerDevices implements DeviceDirectory {
    private static final int MOST = 10_000;

    private final DeviceDirectory present;
    private final SequencedMap<DeviceId, DeviceSnapshot> former = new LinkedHashMap<>();

    public FormerDevices(DeviceDirectory present) {
        this.present = present;
    }

    /// The device is about to be deleted. May block.
    public void leaves(DeviceId id) {
        present.await(new DeviceRef.ById(id)).ifPresent(this::keep);
    }

    private synchronized void keep(DeviceSnapshot device) {
        former.putLast(device.id(), device);
        if (former.size() > MOST) {
            former.pollFirstEntry();
        }
    }

    private synchronized Optional<DeviceSnapshot> former(DeviceRef ref) {
        return Optional.ofNullable(ref.id()).map(former::get);
    }

    @Override
    public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
        return present.ifPresent(ref);
    }

    @Override
    public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
        return present.find(ref).thenApply(found -> found.or(() -> former(ref)));
    }

    @Override
    public int changes() {
        return present.changes();
    }

    @Override
    public void forget(DeviceId id) {
        present.forget(id);
    }

    @Override
    public void forgetProduct(String key) {
        present.forgetProduct(key);
    }
}
