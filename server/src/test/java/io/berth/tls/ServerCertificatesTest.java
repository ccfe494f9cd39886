package io.berth.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.core.credential.ServerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerCertificatesTest {
    private static final InstantSource NOW = InstantSource.system();

    @TempDir
    Path directory;

    private ServerIdentity load(InstantSource clock, String... names) {
        return new ServerCertificates(directory, List.of(names), clock).loadOrCreate();
    }

    private static X509Certificate shown(ServerIdentity identity, int place)
            throws IOException, GeneralSecurityException {
        return PemFiles.certificate(identity.certificates().get(place).chain());
    }

    @Test
    void makes_an_ec_and_an_rsa_certificate_of_one_root() throws IOException, GeneralSecurityException {
        ServerIdentity identity = load(NOW, "devices.example.com", "10.0.0.7");
        X509Certificate root = PemFiles.certificate(identity.caFile());
        assertThat(shown(identity, 0).getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(shown(identity, 1).getPublicKey().getAlgorithm()).isEqualTo("RSA");
        for (int place = 0; place < 2; place++) {
            X509Certificate certificate = shown(identity, place);
            certificate.verify(root.getPublicKey());
            assertThat(certificate.getSubjectAlternativeNames().stream().map(entry -> (Object) entry.get(1)))
                    .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "devices.example.com", "10.0.0.7");
        }
        root.verify(root.getPublicKey());
        assertThat(root.getBasicConstraints()).isZero();
    }

    @Test
    void keeps_keys_from_others() throws IOException {
        ServerIdentity identity = load(NOW);
        for (Path key : List.of(
                identity.certificates().get(0).key(),
                identity.certificates().get(1).key(),
                directory.resolve("ca.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void loads_what_it_made_before() throws IOException, GeneralSecurityException {
        X509Certificate first = shown(load(NOW, "::1", "fe80::7"), 0);
        assertThat(shown(load(NOW, "::1", "fe80::7"), 0)).isEqualTo(first);
    }

    @Test
    void renews_with_the_same_root_before_the_end_and_for_a_new_name() throws IOException, GeneralSecurityException {
        ServerIdentity made = load(NOW);
        X509Certificate root = PemFiles.certificate(made.caFile());
        X509Certificate first = shown(made, 0);
        Instant later = NOW.instant().plus(Duration.ofDays(700));
        X509Certificate renewed = shown(load(InstantSource.fixed(later)), 0);
        assertThat(renewed).isNotEqualTo(first);
        assertThat(renewed.getNotAfter()).isAfter(first.getNotAfter());
        X509Certificate named = shown(load(InstantSource.fixed(later), "new.example.com"), 0);
        assertThat(named).isNotEqualTo(renewed);
        named.verify(root.getPublicKey());
        assertThat(PemFiles.certificate(made.caFile())).isEqualTo(root);
    }

    @Test
    void says_what_is_wrong_with_a_broken_file() throws IOException {
        ServerIdentity identity = load(NOW);
        Files.writeString(identity.certificates().getFirst().chain(), "no certificate");
        assertThatThrownBy(() -> load(NOW))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void takes_the_files_of_the_operator_and_misses_those_that_are_not_there() {
        ServerIdentity made = load(NOW);
        var own = made.certificates().getFirst();
        assertThat(ServerCertificates.provided(own.chain(), own.key(), made.caFile())
                        .certificates())
                .containsExactly(own);
        assertThatThrownBy(() -> ServerCertificates.provided(directory.resolve("none.pem"), own.key(), made.caFile()))
                .hasMessageContaining("none.pem");
    }
}
