package io.berth.core.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client showed of itself when its TLS connection began. The handshake proved that it holds the key
/// of the first certificate, and nothing else: whether anybody vouches for it is checked at the login.
///
/// @param certificates its own first, then those that vouch for the one before; empty when it showed none
/// @param serverName whom it wanted to speak to (SNI), null when it did not say
public record Presented(
        List<X509Certificate> certificates, @Nullable String serverName) {
    public static final Presented NOTHING = new Presented(List.of(), null);

    public Presented {
        certificates = List.copyOf(certificates);
    }

    public boolean isEmpty() {
        return certificates.isEmpty();
    }
}
