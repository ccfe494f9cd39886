package io.berth.core.certificate;

import io.berth.core.Payload;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// Makes keys and certificates. Blocking: a key takes milliseconds, one of RSA a tenth of a second.
public interface Mint {
    /// A new authority for certificates of clients.
    Minted authority(Instant now);

    /// A new key and a certificate for it, signed by the authority.
    Minted certificate(Minted authority, Wish wish);

    /// @param key PKCS#8
    record Minted(X509Certificate certificate, Payload key) {}

    record Wish(Holder holder, KeyKind kind, Instant from, Instant until) {}

    /// Whose it is, as the certificate says it.
    ///
    /// @param unit what the holder is one of, a device's product
    record Holder(String unit, String name) {}

    enum KeyKind {
        /// Elliptic curve P-256: small and quick, also for devices.
        EC,
        /// RSA of 2048 bits, for devices that know nothing else.
        RSA
    }
}
