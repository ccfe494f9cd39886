package io.berth.core.certificate;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Authority.Revocations;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Authorities of owners, who make the certificates of their devices themselves. Blocking; any thread.
public final class Authorities {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;
    private static final int CODE_BYTES = 24;

    private final AuthorityStore store;
    private final CertificateSessions sessions;
    private final CertificateConfig config;
    private final InstantSource clock;

    public Authorities(
            AuthorityStore store, CertificateSessions sessions, CertificateConfig config, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.config = config;
        this.clock = clock;
    }

    /// Takes an authority in, which is trusted once its owner proved that it is his. INVALID_ARGUMENT,
    /// SPACE_NOT_FOUND, LIMIT_REACHED, VERSION_CONFLICT when the space has it.
    public Authority add(String space, String pem) {
        X509Certificate certificate = Pem.certificate(pem);
        require(certificate.getBasicConstraints() >= 0, "this is not the certificate of an authority (CA:TRUE)");
        require(
                !clock.instant().isAfter(certificate.getNotAfter().toInstant()),
                "this certificate ended at " + certificate.getNotAfter().toInstant());
        Authority authority = new Authority(
                random(ID_BYTES),
                space,
                certificate,
                random(CODE_BYTES),
                false,
                false,
                null,
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        store.insert(authority, config.maxAuthorities());
        return authority;
    }

    /// The owner shows a certificate for the code, which nobody but the holder of the key can have made.
    /// INVALID_ARGUMENT says what is wrong with it.
    public Authority verify(String id, String pem) {
        Authority authority = get(id);
        X509Certificate proof = Pem.certificate(pem);
        require(
                Subject.commonName(proof).filter(authority.code()::equals).isPresent(),
                "the common name of the certificate must be the code " + authority.code());
        require(
                ChainCheck.signed(authority.certificate(), proof),
                "the certificate is not signed with the key of the authority " + authority.commonName());
        require(
                new ChainCheck(List.of(proof), clock.instant()).isInTime(proof),
                "the certificate is not valid at this time");
        Authority verified = authority.asVerified();
        store.update(verified);
        return verified;
    }

    /// Says how devices that nobody knows are registered.
    ///
    /// @param template null leaves it as it is
    public Authority enrol(String id, boolean on, @Nullable String template) {
        Authority authority = get(id);
        String by = template != null ? template : authority.template();
        Authority changed = authority.enrolling(on, by);
        store.update(changed);
        return changed;
    }

    /// Replaces what the authority took back, and ends the sessions of those certificates. INVALID_ARGUMENT
    /// when the list is not its own or older than the one there is.
    public Authority revoke(String id, String pem) {
        Authority authority = get(id);
        X509CRL list = Pem.revocations(pem);
        demandSigned(authority, list);
        Instant issued = list.getThisUpdate().toInstant();
        Revocations known = authority.revocations();
        require(known == null || !issued.isBefore(known.issued()), "there is a newer list already");
        Set<String> serials = serials(list);
        require(
                serials.size() <= config.maxRevocations(),
                "the list has more than " + config.maxRevocations() + " entries (certificates.max-revocations)");
        store.replaceRevocations(id, new Revocations(issued, nextUpdate(list), serials.size()), serials);
        sessions.end(used -> used.authority().equals(id) && serials.contains(used.serial()));
        return get(id);
    }

    /// Trusts it no longer, and ends the sessions of devices that did come in by it.
    public void delete(String id) {
        store.delete(id);
        sessions.end(used -> used.authority().equals(id));
    }

    /// NOT_FOUND.
    public Authority get(String id) {
        return store.find(id).orElseThrow(() -> notFound(id));
    }

    public static ProblemException notFound(String id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no authority \"" + id + "\"");
    }

    /// The newest first.
    public List<Authority> list() {
        return store.list();
    }

    boolean isRevoked(Authority authority, Stream<X509Certificate> certificates) {
        List<String> serials = certificates
                .filter(certificate -> certificate
                        .getIssuerX500Principal()
                        .equals(authority.certificate().getSubjectX500Principal()))
                .map(certificate -> certificate.getSerialNumber().toString(16))
                .toList();
        return authority.revocations() != null && store.isRevoked(authority.id(), serials);
    }

    private static void demandSigned(Authority authority, X509CRL list) {
        boolean signed =
                list.getIssuerX500Principal().equals(authority.certificate().getSubjectX500Principal());
        try {
            list.verify(authority.certificate().getPublicKey());
        } catch (GeneralSecurityException _) {
            signed = false;
        }
        require(signed, "the list is not signed by the authority " + authority.commonName());
    }

    private static Set<String> serials(X509CRL list) {
        Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
        return entries == null
                ? Set.of()
                : entries.stream()
                        .map(entry -> entry.getSerialNumber().toString(16))
                        .collect(Collectors.toSet());
    }

    private static @Nullable Instant nextUpdate(X509CRL list) {
        return list.getNextUpdate() == null ? null : list.getNextUpdate().toInstant();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
