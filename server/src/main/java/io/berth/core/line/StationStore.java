package io.berth.core.line;

import io.berth.core.credential.Fingerprint;
import java.util.List;
import java.util.Optional;

/// Where stations are kept, their secrets sealed. Blocking; a returned call is durable.
public interface StationStore {
    /// VERSION_CONFLICT when another has the name or the certificate, LIMIT_REACHED when there are so many
    /// already.
    void insert(Station station, int most);

    Optional<Station> find(String name);

    /// The one that has this certificate, by its SHA-256.
    Optional<Station> find(Fingerprint certificate);

    /// Gives it another proof in place of the one it has. NOT_FOUND, VERSION_CONFLICT when another station has
    /// the certificate.
    void replace(String name, Station.Proof proof);

    /// Whether any has a certificate.
    boolean hasCertificates();

    /// By name.
    List<Station> list();

    /// NOT_FOUND.
    void delete(String name);
}
