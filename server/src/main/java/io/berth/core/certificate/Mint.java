package io.berth.core.certificate;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// Makes keys and certificates. Blocking: a key takes milliseconds, one of RSA a tenth of a second.
public interface Mint {
    /// A new authority for certificates of devices.
    Minted authority(Instant now);

    /// A new key and a certificate for it, signed by the authority.
    Minted certificate(Minted authority, Wish wish);

    /// @param key PKCS#8
    record Minted(X509Certificate certificate, Payload key) {}

    record Wish(DeviceId device, KeyKind kind, Instant from, Instant until) {}

    enum KeyKind {
        /// Elliptic curve P-256: small and quick, also for devices.
        EC,
        /// RSA of 2048 bits, for devices that know nothing else.
        RSA
    }
}
