package io.berth.front.mqtt;

import io.berth.core.device.DeviceId;
import org.jspecify.annotations.Nullable;

/// How often one device, and one address, may try to get in.
///
/// @param device as the client names it, null where it names none
/// @param address without port
record LoginGuards(Dock dock, @Nullable String device, String address) {
    /// After too many guesses.
    boolean isBlocked() {
        return dock.platform().addressGuard().blocks(address)
                || (device != null && dock.platform().deviceGuard().blocks(device));
    }

    void guessed() {
        dock.platform().addressGuard().failed(address);
        if (device != null) {
            dock.platform().deviceGuard().failed(device);
        }
    }

    void passed() {
        if (device != null) {
            dock.platform().deviceGuard().succeeded(device);
        }
    }

    /// Counts a login that would be accepted; whether it is one too many.
    boolean exceedsQuota(DeviceId id) {
        if (dock.config().quotas().connectsPerMinute() == 0) {
            return false;
        }
        String key = id.toString();
        boolean exceeded = dock.connects().blocks(key);
        dock.connects().failed(key);
        return exceeded;
    }
}
