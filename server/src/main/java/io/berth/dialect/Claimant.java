package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who a login says it is, for the record of its refusal.
///
/// @param device null when it cannot be told
/// @param claimed the device as the client named it
/// @param fields what was read from the login, in reading order; nothing secret
public record Claimant(@Nullable DeviceId device, String claimed, Map<String, String> fields) {
    /// Nothing was read but this.
    public static Claimant named(String claimed) {
        return new Claimant(null, claimed, Map.of());
    }

    /// @param found what was found under the name, if it was looked up
    public static Claimant of(DeviceRef named, Optional<DeviceSnapshot> found, Map<String, String> fields) {
        DeviceId id = found.map(DeviceSnapshot::id).orElseGet(named::id);
        return new Claimant(id, id == null ? named.toString() : id.toString(), fields);
    }
}
