package io.berth.tls;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.ServerIdentity;
import io.berth.core.credential.ServerIdentity.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The server's certificates in a directory: made on the first start, loaded afterwards, signed anew by the same root
/// when they are about to expire or lack a configured name. Clients keep trusting the root.
public final class ServerCertificates {
    /// A server that is started at least once a month never shows an expired certificate.
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);

    private final Path directory;
    private final List<String> names;
    private final InstantSource clock;

    /// @param names host names and addresses clients use, besides those of this machine
    public ServerCertificates(Path directory, List<String> names, InstantSource clock) {
        this.directory = directory;
        this.names = names.stream().map(CertificateNames::normal).toList();
        this.clock = clock;
    }

    /// A certificate the operator brings.
    ///
    /// @param chain PEM, the server's own certificate first
    /// @param key PEM, PKCS#8
    /// @param caFile what clients trust
    public static ServerIdentity provided(Path chain, Path key, Path caFile) {
        for (Path file : List.of(chain, key, caFile)) {
            if (!Files.isReadable(file)) {
                throw new ProblemException(Problem.INVALID_ARGUMENT, "tls: cannot read " + file);
            }
        }
        return new ServerIdentity(caFile, List.of(new Certificate(chain, key)));
    }

    /// Blocking; on the first start it takes the time of making two keys.
    public ServerIdentity loadOrCreate() {
        try {
            Certificate ec = certificate("server-ec");
            Certificate rsa = certificate("server-rsa");
            if (!isCurrent(ec) || !isCurrent(rsa)) {
                issue(ec, rsa);
            }
            return new ServerIdentity(caFile(), List.of(ec, rsa));
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.STORAGE_UNAVAILABLE, "tls: certificates in " + directory + ": " + e.getMessage(), e);
        }
    }

    private boolean isCurrent(Certificate kept) throws IOException, GeneralSecurityException {
        if (!Files.exists(kept.chain()) || !Files.exists(kept.key()) || !Files.exists(caFile())) {
            return false;
        }
        X509Certificate certificate = PemFiles.certificate(kept.chain());
        Instant end = certificate.getNotAfter().toInstant();
        return end.isAfter(clock.instant().plus(RENEW_BEFORE))
                && namesIn(certificate).containsAll(names);
    }

    private void issue(Certificate ec, Certificate rsa) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        CertificateAuthority authority = authority();
        issue(authority, CertificateAuthority.ecKeys(), ec);
        issue(authority, CertificateAuthority.rsaKeys(), rsa);
    }

    private void issue(CertificateAuthority authority, KeyPair keys, Certificate place)
            throws IOException, GeneralSecurityException {
        X509Certificate certificate = authority.issue(keys.getPublic(), allNames(), clock.instant());
        PemFiles.write(place.key(), keys.getPrivate());
        PemFiles.write(place.chain(), certificate);
    }

    private CertificateAuthority authority() throws IOException, GeneralSecurityException {
        Path keyFile = directory.resolve("ca.key");
        if (Files.exists(keyFile) && Files.exists(caFile())) {
            return new CertificateAuthority(PemFiles.certificate(caFile()), PemFiles.key(keyFile, "EC"));
        }
        CertificateAuthority created = CertificateAuthority.create(clock.instant());
        PemFiles.write(keyFile, created.key());
        PemFiles.write(caFile(), created.certificate());
        return created;
    }

    private Set<String> allNames() {
        Set<String> all = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            all.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) {
            // a machine without a name is reached by the names above or by configured ones
        }
        all.addAll(names);
        return all;
    }

    private static Set<String> namesIn(X509Certificate certificate) throws CertificateParsingException {
        Set<String> found = new LinkedHashSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(entry -> found.add(CertificateNames.normal(String.valueOf(entry.get(1)))));
        }
        return found;
    }

    private Certificate certificate(String name) {
        return new Certificate(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    }

    private Path caFile() {
        return directory.resolve("ca.pem");
    }
}
