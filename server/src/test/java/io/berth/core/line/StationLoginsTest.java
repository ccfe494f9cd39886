package io.berth.core.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.core.certificate.PlatformAuthority.Order;
import io.berth.core.certificate.Presented;
import io.berth.core.line.Ask.Proof;
import io.berth.core.line.Ask.Purpose;
import io.berth.core.line.StationLogins.Verdict;
import io.berth.core.line.Stations.Told;
import io.berth.core.line.Stations.Wanted;
import io.berth.core.login.CallPeer;
import io.berth.testing.MemoryNonces;
import io.berth.testing.MemoryStations;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StationLoginsTest {
    private static final List<Network> HERE = List.of(Network.of("10.3.0.0/16"));

    private final TestClock clock = new TestClock();
    private final MemoryStations store = new MemoryStations();
    private final Stations stations = new Stations(store, new TestPlatform(clock).authority, LineRules.DEFAULT, clock);

    private X509Certificate made(String name) {
        Told told = stations.add(name, new Wanted.Made(new Order(null, Duration.ofDays(1))), HERE, List.of());
        return ((Station.Proof.Certificate) told.station().proof()).certificate();
    }

    private Verdict recognised(X509Certificate certificate, InstantSource at) {
        StationLogins logins = new StationLogins(store, MemoryNonces.nonces(9, at), LineRules.DEFAULT, at);
        Proof proof = new Proof.Certificate(new Presented(List.of(certificate), null));
        return logins.recognise(new Ask("SN-0001", new CallPeer("10.3.0.1", true), true, proof), Purpose.ISSUE);
    }

    @Test
    void a_certificate_counts_from_its_beginning_to_its_end() {
        X509Certificate bench = made("bench");
        assertThat(recognised(bench, clock))
                .isInstanceOfSatisfying(
                        Verdict.Known.class,
                        known -> assertThat(known.station().name()).isEqualTo("bench"));
        InstantSource before = InstantSource.fixed(TestClock.START.minus(Duration.ofDays(3)));
        assertThat(recognised(bench, before)).isEqualTo(new Verdict.Unknown(Denial.CERTIFICATE_EXPIRED));
        clock.advance(Duration.ofDays(2));
        assertThat(recognised(bench, clock)).isEqualTo(new Verdict.Unknown(Denial.CERTIFICATE_EXPIRED));
    }

    @Test
    void of_two_certificates_of_one_name_the_newer_counts() {
        X509Certificate old = made("bench");
        stations.rotate("bench", new Wanted.Made(Order.USUAL));
        assertThat(recognised(old, clock)).isEqualTo(new Verdict.Unknown(Denial.UNKNOWN_CERTIFICATE));
    }

    @Test
    void a_certificate_says_nothing_over_a_connection_in_clear() {
        Proof proof = new Proof.Certificate(new Presented(List.of(made("bench")), null));
        StationLogins logins = new StationLogins(store, MemoryNonces.nonces(9, clock), LineRules.DEFAULT, clock);
        assertThat(logins.recognise(new Ask("SN-0001", new CallPeer("10.3.0.1", false), false, proof), Purpose.ISSUE))
                .isEqualTo(new Verdict.Unknown(Denial.IN_CLEAR));
    }

    @Test
    void clients_are_asked_for_certificates_while_some_station_has_one() {
        stations.add("plain", new Wanted.Token(), HERE, List.of());
        assertThat(stations.showCertificates()).isFalse();
        made("bench");
        assertThat(stations.showCertificates()).isTrue();
        stations.rotate("bench", new Wanted.Key());
        assertThat(stations.showCertificates()).isFalse();
    }

    @Test
    void an_ended_certificate_is_not_taken() {
        X509Certificate bench = made("bench");
        clock.advance(Duration.ofDays(2));
        assertThatThrownBy(() -> stations.add("late", new Wanted.Own(bench), HERE, List.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ended");
    }
}
