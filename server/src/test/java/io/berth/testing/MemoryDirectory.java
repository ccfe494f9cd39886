package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The devices of a [MemoryRegistry], as logins find them.
final class MemoryDirectory implements DeviceDirectory {
    private final MemoryRegistry registry;

    MemoryDirectory(MemoryRegistry registry) {
        this.registry = registry;
    }

    @Override
    public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
        return registry.gone ? null : find(ref).toCompletableFuture().join().orElse(null);
    }

    @Override
    public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
        if (registry.gone) {
            return CompletableFuture.failedFuture(
                    new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store does not answer"));
        }
        Optional<Device> device = switch (ref) {
            case DeviceRef.ById byId -> registry.devices().find(byId.id());
            case DeviceRef.ByAlias byAlias -> registry.devices().findByAlias(byAlias.alias());
        };
        return CompletableFuture.completedFuture(device.flatMap(found -> registry.products()
                .find(found.id().product())
                .map(product -> new DeviceSnapshot(found, product, false, registry.units.of(found.id())))));
    }

    @Override
    public int changes() {
        return 0;
    }

    @Override
    public void forget(DeviceId id) {}

    @Override
    public void forgetProduct(String key) {}
}
