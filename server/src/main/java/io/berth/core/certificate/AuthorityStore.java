package io.berth.core.certificate;

import io.berth.core.certificate.Authority.Revocations;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where owners' authorities are kept. Blocking; what returned is durable.
public interface AuthorityStore {
    /// SPACE_NOT_FOUND; LIMIT_REACHED when there are so many; VERSION_CONFLICT when the space has this
    /// certificate.
    void insert(Authority authority, int most);

    /// Replaces verified, enrols and template; NOT_FOUND, also for a template that is not there.
    void update(Authority authority);

    /// NOT_FOUND.
    void delete(String id);

    Optional<Authority> find(String id);

    /// Every one, the newest first. They are few and read with every login by certificate: from memory.
    List<Authority> list();

    /// Replaces what the authority took back; NOT_FOUND.
    ///
    /// @param serials hexadecimal
    void replaceRevocations(String id, Revocations revocations, Collection<String> serials);

    boolean isRevoked(String id, Collection<String> serials);
}
