package io.berth.core.device;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where devices are kept. Blocking unless it returns a stage; a returned call is durable.
public interface DeviceStore {
    /// PRODUCT_NOT_FOUND, DEVICE_EXISTS or ALIAS_TAKEN when it cannot be, LIMIT_REACHED when the product has as
    /// many devices as it may have.
    void insert(Device device);

    /// Inserts many in one transaction and says what became of each, in order. A device that exists with the
    /// same alias and secret counts as UNCHANGED, so an import may be repeated. With `dryRun` nothing is
    /// kept.
    List<ImportVerdict> insertAll(List<Device> devices, boolean dryRun);

    /// Replaces secrets, enabled, activated and profile; DEVICE_NOT_FOUND when there is none.
    void update(Device device);

    /// Replaces the pins, or takes them from it; DEVICE_NOT_FOUND.
    void updatePins(DeviceId id, @Nullable Pins pins);

    /// Makes this the first pin of a device that logs in by certificate and has no pin yet; whether it did.
    boolean pin(DeviceId id, Fingerprint fingerprint);

    /// What the device said of itself; nothing when there is none.
    void updateVersions(DeviceId id, Versions versions);

    /// Devices that never logged in, and should have by now.
    List<DeviceId> overdue(Instant now, int limit);

    /// DEVICE_NOT_FOUND when there is none. Takes everything of the device along.
    void delete(DeviceId id);

    Optional<Device> find(DeviceId id);

    Optional<Device> findByAlias(String alias);

    /// The devices that meet the condition now.
    Slice.Found<Device> find(DeviceCondition where, Slice slice);

    /// The same by when they were activated, in the direction of the slice's age; those that never were come
    /// last. Its `after` is not looked at.
    List<Device> byActivation(DeviceCondition where, Slice slice);

    long count(DeviceCondition where);

    /// How many more devices the product may have. Others may be registering at the same time: what counts is
    /// what becomes of an insertion.
    long room(String product);

    /// Records presence in the background, many at once: sets activated where it is null, and last seen,
    /// address and whether the device is attached.
    CompletionStage<Void> recordPresence(Collection<Presence> presences);

    /// Sets activated where it is null: durable once the stage completes.
    CompletionStage<Void> activate(DeviceId id, Instant at);

    /// @param at when the device was last heard
    /// @param attached whether it stayed
    record Presence(DeviceId id, Instant at, String address, boolean attached) {}

    /// Devices that were attached when they were last seen; those that were reset since count as never seen.
    List<Presence> attached(int limit);

    /// Counts these as not attached any more.
    CompletionStage<Void> forgetAttached(Collection<DeviceId> devices);

    /// What became of one device of an import.
    enum ImportVerdict {
        CREATED,
        UNCHANGED,
        PRODUCT_NOT_FOUND,
        /// The name is taken by a device with another secret or alias.
        DEVICE_EXISTS,
        ALIAS_TAKEN,
        /// The product has as many devices as it may have.
        PRODUCT_FULL;

        public boolean isRefused() {
            return switch (this) {
                case CREATED, UNCHANGED -> false;
                case PRODUCT_NOT_FOUND, DEVICE_EXISTS, ALIAS_TAKEN, PRODUCT_FULL -> true;
            };
        }
    }

    static ProblemException productFull(String product) {
        return new ProblemException(
                Problem.LIMIT_REACHED,
                "product " + product + " has as many devices as it may have (storage.devices-per-product)");
    }

    static ProblemException notFound(DeviceId id) {
        return new ProblemException(
                Problem.DEVICE_NOT_FOUND, "no device \"" + id.name() + "\" in product " + id.product());
    }
}
