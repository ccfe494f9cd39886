package io.berth.core.certificate;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Somebody who says it is a device, and what it showed.
///
/// @param device what is known under that name
/// @param shown its own certificate first
/// @param serverName whom it wanted to speak to (SNI), null when it did not say
record CertificateClaim(
        String alias,
        Optional<DeviceSnapshot> device,
        List<X509Certificate> shown,
        @Nullable String serverName) {
    X509Certificate own() {
        return shown.getFirst();
    }

    @Nullable
    DeviceId id() {
        return device.map(DeviceSnapshot::id).orElse(null);
    }

    CertificateClaim of(DeviceSnapshot known) {
        return new CertificateClaim(alias, Optional.of(known), shown, serverName);
    }
}
