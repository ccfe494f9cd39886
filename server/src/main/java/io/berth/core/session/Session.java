package io.berth.core.session;

import io.berth.core.device.DeviceId;
import java.time.Instant;

/// One live attachment of a device to this node, whatever the wire. Immutable but for its link; any thread.
///
/// @param dialect the name of the dialect that read the login
/// @param address the peer's address and port
/// @param link the way to the device
public record Session(DeviceId device, String dialect, String address, Instant since, Link link) {
    /// Sessions are told apart by identity: two of one device are never the same.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
