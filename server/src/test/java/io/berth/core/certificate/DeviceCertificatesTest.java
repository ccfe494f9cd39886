package io.berth.core.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.certificate.DeviceCertificates.Handed;
import io.berth.core.certificate.Mint.KeyKind;
import io.berth.core.certificate.PlatformAuthority.Order;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Secret;
import io.berth.core.credential.UsedCertificate;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.login.LoginFault;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeviceCertificatesTest {
    private static final DeviceId METER = new DeviceId("meters", "m1");
    private static final DeviceId LAMP = new DeviceId("lamps", "l1");

    private final TestClock clock = new TestClock();
    private final TestPlatform platform = new TestPlatform(clock);
    private final DeviceCertificates certificates = platform.certificates;
    private final CertificateLogins logins = platform.certificateLogins(platform.registry.directory());

    @BeforeEach
    void register() {
        product("meters", AuthKind.X509);
        product("lamps", AuthKind.SECRET);
        platform.devices.create(new Devices.Draft(METER, new Secret("s"), null, null));
        platform.devices.create(new Devices.Draft(LAMP, new Secret("s"), null, null));
    }

    @Test
    void a_certificate_names_its_device_and_is_for_clients_only() throws Exception {
        X509Certificate made = parsed(certificates.issue(METER, Order.USUAL));

        assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=m1,OU=meters");
        assertThat(made.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(made.getBasicConstraints()).isEqualTo(-1);
        assertThat(made.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        made.verify(certificates.root().getPublicKey());
        assertThat(parsed(certificates.issue(METER, new Order(KeyKind.RSA, null)))
                        .getPublicKey()
                        .getAlgorithm())
                .isEqualTo("RSA");
    }

    @Test
    void no_certificate_outlives_the_authority_that_made_it() {
        Instant end = certificates.root().getNotAfter().toInstant();
        Handed handed = certificates.issue(METER, new Order(null, Duration.ofDays(30 * 365)));
        assertThat(handed.certificate().expires()).isEqualTo(end);
        assertThatThrownBy(() -> certificates.issue(METER, new Order(null, Duration.ofDays(90_000))))
                .hasMessageContaining("valid for 1 hour to 30 years");
    }

    @Test
    void a_device_whose_product_demands_one_has_one_and_others_have_none() {
        Handed handed = certificates.handOut(METER);
        assertThat(certificates.handOut(METER)).isEqualTo(handed);
        assertThatThrownBy(() -> certificates.handOut(LAMP)).hasMessageContaining("wants none");
        assertThat(certificates.revoke(METER, handed.certificate().serial()).revoked())
                .isNotNull();
        assertThat(certificates.handOut(METER).certificate().revoked())
                .as("it gets no other by itself")
                .isNotNull();
        assertThat(certificates.handOut(METER).privateKey()).isNull();
    }

    @Test
    void keys_are_kept_as_long_as_configured_and_no_longer() {
        Handed handed = certificates.issue(METER, Order.USUAL);
        String serial = handed.certificate().serial();
        clock.advance(Duration.ofDays(29));
        certificates.forgetKeys();
        assertThat(certificates.fetch(METER, serial)).isEqualTo(handed);
        clock.advance(Duration.ofDays(2));
        certificates.forgetKeys();
        assertThat(certificates.fetch(METER, serial).privateKey()).isNull();
        assertThat(certificates.get(METER, serial.toUpperCase(Locale.ROOT))).isEqualTo(handed.certificate());
    }

    @Test
    void a_key_that_is_not_to_be_kept_is_only_in_the_answer() {
        CertificateConfig config = new CertificateConfig(
                Duration.ofDays(1), KeyKind.EC, Duration.ZERO, Duration.ZERO, 1, 1, 1, Duration.ofDays(1));
        DeviceCertificates keepingNothing = new DeviceCertificates(
                platform.kept.certificates(),
                platform.authority,
                new DeviceCertificates.Ways(
                        platform.devices, platform.products, new CertificateSessions(platform.sessions)),
                config,
                clock);
        Handed handed = keepingNothing.issue(METER, Order.USUAL);
        assertThat(handed.privateKey()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(keepingNothing.fetch(METER, handed.certificate().serial()).privateKey())
                .isNull();
    }

    @Test
    void an_ended_certificate_proves_nothing() {
        X509Certificate made = parsed(certificates.issue(METER, new Order(null, Duration.ofDays(1))));
        assertThat(identify(made)).isInstanceOf(CertificateProof.Given.class);
        clock.advance(Duration.ofDays(2));
        assertThat(identify(made)).isInstanceOfSatisfying(CertificateProof.Missing.class, missing -> {
            assertThat(missing.fault()).isEqualTo(LoginFault.CERTIFICATE_EXPIRED);
            assertThat(missing.device()).isEqualTo(METER);
        });
    }

    @Test
    void taking_a_certificate_back_ends_the_session_that_began_with_it_and_no_other() {
        Handed first = certificates.issue(METER, Order.USUAL);
        Handed other = certificates.issue(METER, Order.USUAL);
        CompletableFuture<CloseCause> closed = attach(first);

        certificates.revoke(METER, other.certificate().serial());
        assertThat(closed).isNotDone();
        certificates.revoke(METER, first.certificate().serial());
        assertThat(closed).isCompletedWithValue(CloseCause.CERTIFICATE_REVOKED);
    }

    @Test
    void a_session_that_comes_too_late_for_the_revocation_ends_as_well() {
        platform.sessions.follow(new CertificateWatch(platform.kept.certificates(), platform.kept.authorities()));
        Handed handed = certificates.issue(METER, Order.USUAL);
        certificates.revoke(METER, handed.certificate().serial());

        CompletableFuture<CloseCause> closed = attach(handed);

        await().until(closed::isDone);
        assertThat(closed).isCompletedWithValue(CloseCause.CERTIFICATE_REVOKED);
    }

    private CompletableFuture<CloseCause> attach(Handed handed) {
        CompletableFuture<CloseCause> closed = new CompletableFuture<>();
        DeviceCertificate certificate = handed.certificate();
        UsedCertificate used = new UsedCertificate(certificate.fingerprint(), "", certificate.serial());
        platform.sessions.attach(
                new Session(METER, "test", "127.0.0.1:1", clock.instant(), new Closing(closed), null, used));
        return closed;
    }

    /// Tells why it was closed.
    private record Closing(CompletableFuture<CloseCause> cause) implements Link {
        @Override
        public void send(Downlink downlink, Delivery delivery) {}

        @Override
        public void close(CloseCause why) {
            cause.complete(why);
        }
    }

    private CertificateProof identify(X509Certificate certificate) {
        return logins.identify(new Presented(List.of(certificate), null))
                .toCompletableFuture()
                .join();
    }

    private void product(String key, AuthKind auth) {
        platform.products.create(
                new Products.Draft(key, key, null, null, auth, NodeType.DIRECT, DataFormat.JSON, false));
    }

    private static X509Certificate parsed(Handed handed) {
        X509Certificate certificate = Pem.certificate(handed.certificate().pem());
        assertThat(Fingerprint.of(certificate)).isEqualTo(handed.certificate().fingerprint());
        return certificate;
    }
}
