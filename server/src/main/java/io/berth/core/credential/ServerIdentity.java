package io.berth.core.credential;

import static io.berth.core.ProblemException.require;

import java.nio.file.Path;
import java.util.List;

/// What the server shows of itself on TLS listeners: files, so that each wire loads them with its own library.
///
/// @param caFile the PEM of the root that signed the certificates; what a client has to trust
/// @param certificates the one a client prefers least comes last; a client gets the first it can work with
public record ServerIdentity(Path caFile, List<Certificate> certificates) {
    public ServerIdentity {
        require(!certificates.isEmpty(), "a server identity has at least one certificate");
        certificates = List.copyOf(certificates);
    }

    /// @param chain PEM, the server's own certificate first
    /// @param key PEM, PKCS#8, not encrypted
    public record Certificate(Path chain, Path key) {}
}
