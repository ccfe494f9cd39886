package io.berth.core.session;

import io.berth.core.credential.UsedCertificate;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One live attachment of a device to this node, whatever the wire. Immutable but for its link; any thread.
///
/// @param dialect the name of the dialect that read the login
/// @param address the peer's address and port
/// @param link the way to the device
/// @param gateway the device through whose connection this one speaks, null when it has its own
/// @param certificate what it logged in with, null where that was no certificate
public record Session(
        DeviceId device,
        String dialect,
        String address,
        Instant since,
        Link link,
        @Nullable DeviceId gateway,
        @Nullable UsedCertificate certificate) {
    /// One that did not log in by certificate.
    public Session(
            DeviceId device, String dialect, String address, Instant since, Link link, @Nullable DeviceId gateway) {
        this(device, dialect, address, since, link, gateway, null);
    }

    public Session(DeviceId device, String dialect, String address, Instant since, Link link) {
        this(device, dialect, address, since, link, null);
    }

    /// When the device last gave a sign of life, its coming being the first.
    public Instant lastHeard() {
        Instant heard = link.lastHeard();
        return heard == null || heard.isBefore(since) ? since : heard;
    }

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
