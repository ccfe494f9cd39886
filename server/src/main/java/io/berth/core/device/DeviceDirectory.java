package io.berth.core.device;

import io.berth.core.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Finds devices and products for logins and live sessions, from memory whenever it can. Never blocks; any
/// thread.
public interface DeviceDirectory {
    /// The device when it is in memory, else null: no allocation, for event loops.
    @Nullable
    DeviceSnapshot ifPresent(DeviceRef ref);

    /// Finds the device. Lookups that miss are gathered into one query per batch; the stage fails with
    /// STORAGE_UNAVAILABLE when the store does not answer and with OVERLOADED when too many wait already.
    CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref);

    /// The same for whoever may wait; throws the problem the stage would fail with.
    default Optional<DeviceSnapshot> await(DeviceRef ref) {
        DeviceSnapshot present = ifPresent(ref);
        if (present != null) {
            return Optional.of(present);
        }
        try {
            return find(ref).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    /// Which device is meant, where nothing depends on it: empty when that cannot be found out. The stage
    /// never fails.
    default CompletionStage<Optional<DeviceId>> identify(@Nullable DeviceRef ref) {
        if (ref == null || ref.id() != null) {
            return CompletableFuture.completedFuture(Optional.ofNullable(ref).map(DeviceRef::id));
        }
        DeviceSnapshot present = ifPresent(ref);
        return present != null
                ? CompletableFuture.completedFuture(Optional.of(present.id()))
                : find(ref)
                        .handle((found, failure) -> failure == null ? found.map(DeviceSnapshot::id) : Optional.empty());
    }

    /// Grows by at least one whenever any product or device changes: whoever derived something from a
    /// snapshot (topic rights) compares it to know when to ask again.
    int changes();

    void forget(DeviceId id);

    void forgetProduct(String key);
}
