package io.berth.core.enrol;

import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where the physical devices of a name are kept; they go with their device. Blocking unless it returns a
/// stage; a returned call is durable.
public interface UnitStore {
    /// False when the device has `max` of them already; DEVICE_NOT_FOUND.
    boolean add(DeviceId device, Unit unit, int max);

    /// The oldest first.
    List<Unit> of(DeviceId device);

    /// Notes the first login of a unit; how many of the device's units have logged in by now.
    CompletionStage<Integer> seen(DeviceId device, String unit, Instant at);

    /// Devices of which more than one unit has logged in, by product and name.
    ///
    /// @param product of this product only; null for all
    /// @param after those behind this one only
    List<DeviceId> shared(@Nullable String product, @Nullable DeviceId after, int limit);

    /// Removes all units of the device but this one. False, and nothing changed, when it has no such unit.
    boolean keep(DeviceId device, String unit);

    /// Removes all units of the device.
    void clear(DeviceId device);
}
