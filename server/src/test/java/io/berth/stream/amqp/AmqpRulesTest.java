package io.berth.stream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.core.credential.ServerIdentity;
import io.berth.tls.HttpsContext;
import io.berth.tls.ServerCertificates;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What settings change, and TLS.
final class AmqpRulesTest {
    @TempDir
    Path directory;

    private static AmqpBed bed(UnaryOperator<AmqpConfig> config) {
        AmqpBed bed = new AmqpBed(config, null);
        bed.groups.add("orders", "plain");
        return bed;
    }

    private static JmsClient connect(AmqpBed bed, String options) throws JMSException {
        return JmsClient.connect(
                "amqp://127.0.0.1:" + bed.port() + "?" + options,
                AmqpBed.aliyunUser("orders"),
                AmqpBed.aliyunPassword());
    }

    @Test
    void a_client_may_trust_the_servers_root_and_speak_tls() throws Exception {
        ServerIdentity identity =
                new ServerCertificates(directory, List.of("localhost"), InstantSource.system()).loadOrCreate();
        try (AmqpBed bed = new AmqpBed(UnaryOperator.identity(), HttpsContext.of(identity))) {
            bed.publish(bed.groups.add("orders", "plain"), 1);
            String url = "amqps://localhost:" + bed.tlsPort() + "?transport.trustStoreType=PKCS12"
                    + "&transport.trustStorePassword=changeit&transport.trustStoreLocation=" + trusting(identity);
            try (JmsClient client = JmsClient.connect(url, AmqpBed.aliyunUser("orders"), AmqpBed.aliyunPassword())) {
                MessageConsumer consumer = client.consumer("default", Session.AUTO_ACKNOWLEDGE);
                assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();
            }
        }
    }

    private Path trusting(ServerIdentity identity) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (InputStream root = Files.newInputStream(identity.caFile())) {
            roots.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(root));
        }
        Path file = directory.resolve("roots.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            roots.store(out, "changeit".toCharArray());
        }
        return file;
    }

    @Test
    void an_idle_time_out_of_another_vendors_liking_is_brought_within_bounds_or_refused() throws Exception {
        try (AmqpBed lenient = bed(UnaryOperator.identity());
                JmsClient client = connect(lenient, "amqp.idleTimeout=8000")) {
            assertThat(client.connection.getMetaData()).isNotNull();
        }
        try (AmqpBed strict = bed(config -> new AmqpConfig(
                1,
                10,
                10,
                65_536,
                16,
                0,
                config.timeouts(),
                new AmqpConfig.Idle(Duration.ofSeconds(30), Duration.ofSeconds(300), true),
                config.link()))) {
            assertThatThrownBy(() -> connect(strict, "amqp.idleTimeout=8000"))
                    .hasMessageContaining("idle-time-out")
                    .hasMessageContaining("amqp:invalid-field");
            connect(strict, "amqp.idleTimeout=80000").close();
        }
    }

    @Test
    void a_group_has_so_many_logins_in_a_minute() throws Exception {
        try (AmqpBed bed = bed(
                config -> new AmqpConfig(1, 10, 10, 65_536, 16, 2, config.timeouts(), config.idle(), config.link()))) {
            connect(bed, "").close();
            connect(bed, "").close();
            assertThatThrownBy(() -> connect(bed, "")).isInstanceOf(JMSException.class);
            assertThat(bed.refusals.newest(1).getFirst().cause()).contains("more than 2 logins");
        }
    }

    @Test
    void an_address_that_fails_too_often_is_refused_unseen() throws Exception {
        try (AmqpBed bed = bed(UnaryOperator.identity())) {
            for (int i = 0; i < 50; i++) {
                try (RawAmqp client = RawAmqp.open(bed.port()).send(RawAmqp.SASL)) {
                    client.expectHeader(RawAmqp.SASL);
                    client.receive();
                    client.init("PLAIN", "\0nobody\0guess");
                    client.awaitClosed();
                }
            }
            assertThatThrownBy(() -> connect(bed, "")).isInstanceOf(JMSSecurityException.class);
            assertThat(bed.traffic.of("login none too_many_failures")).isEqualTo(1);
        }
    }

    @Test
    void a_login_that_does_not_come_in_time_ends_the_connection_however_slowly_it_trickles() throws Exception {
        try (AmqpBed bed = bed(config -> within(Duration.ofMillis(800), config));
                RawAmqp silent = RawAmqp.open(bed.port());
                RawAmqp slow = RawAmqp.open(bed.port()).send(RawAmqp.SASL + "000000")) {
            assertThat(silent.awaitClosed()).isEmpty();
            slow.awaitClosed();
            assertThat(bed.traffic.of("dropped no login in time")).isEqualTo(2);
        }
    }

    @Test
    void a_connection_that_opens_late_or_never_attaches_is_closed() throws Exception {
        try (AmqpBed bed = bed(config -> within(Duration.ofSeconds(4), config));
                RawAmqp late = RawAmqp.open(bed.port()).login(AmqpBed.huaweiUser(), AmqpBed.SECRET);
                RawAmqp idle = RawAmqp.open(bed.port()).login(AmqpBed.huaweiUser(), AmqpBed.SECRET)) {
            idle.begin();
            assertThat(new String(idle.awaitClosed(), StandardCharsets.ISO_8859_1))
                    .contains("no receiver in time");
            assertThat(late.awaitClosed()).isEmpty();
        }
    }

    /// Each step of a client's arrival has to be made within this time.
    private static AmqpConfig within(Duration time, AmqpConfig config) {
        return new AmqpConfig(
                1,
                10,
                10,
                65_536,
                16,
                0,
                new AmqpConfig.Timeouts(time, time, Duration.ofMillis(300)),
                config.idle(),
                config.link());
    }

    @Test
    void settings_out_of_bounds_name_their_key() {
        assertThatThrownBy(() -> new AmqpConfig.Idle(Duration.ofSeconds(30), Duration.ofSeconds(10), false))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("amqp.idle.most");
        assertThatThrownBy(() -> new AmqpConfig.LinkLimits(Duration.ofSeconds(30), 0, 64, 65_536))
                .hasMessageContaining("amqp.link.max-unacknowledged");
    }
}
