package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.certificate.CertificateStore;
import io.berth.core.certificate.CertificateStore.Filter;
import io.berth.core.certificate.CertificateStore.Link;
import io.berth.core.certificate.DeviceCertificate;
import io.berth.core.certificate.Mint.Minted;
import io.berth.core.credential.Fingerprint;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Space;
import io.berth.tls.DeviceMint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class CertificateStoreTest {
    private static final Page.Request ALL = new Page.Request(null, 100);
    private static final String PK = "pk";
    private static final Payload KEY = Payload.of("a private key");

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private CertificateStore certificates;
    private int made;

    CertificateStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        certificates = storage.certificates();
        storage.products().insert(Samples.product(PK));
        storage.devices().insert(Samples.device(Samples.id("d1")));
        storage.devices().insert(Samples.device(Samples.id("d2")));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void the_first_authority_stays_and_its_key_comes_back() {
        assertThat(certificates.authority()).isEmpty();
        Minted first = new DeviceMint().authority(NOW);
        Minted second = new DeviceMint().authority(NOW);

        assertThat(certificates.keepAuthority(first, NOW)).isEqualTo(first);
        assertThat(certificates.keepAuthority(second, NOW)).isEqualTo(first);
        assertThat(certificates.authority()).contains(first);
    }

    @Test
    void a_certificate_is_kept_with_its_key_until_keys_are_forgotten() {
        DeviceCertificate kept = made("d1", NOW, NOW.plusSeconds(100));
        certificates.insert(kept, KEY, 10);

        assertThat(certificates.find(kept.fingerprint())).contains(kept);
        assertThat(certificates.find(Samples.id("d1"), kept.serial())).contains(kept);
        assertThat(certificates.find(Samples.id("d2"), kept.serial())).isEmpty();
        assertThat(certificates.key(kept.fingerprint())).contains(KEY);
        assertThat(certificates.forgetKeys(NOW)).isZero();
        assertThat(certificates.forgetKeys(NOW.plusMillis(1))).isEqualTo(1);
        assertThat(certificates.key(kept.fingerprint())).isEmpty();
    }

    @Test
    void a_certificate_is_revoked_once_and_its_key_is_gone() {
        DeviceCertificate kept = insert("d1", NOW.plusSeconds(100));

        assertThat(certificates.revoke(kept.fingerprint(), NOW.plusMillis(5))).isTrue();
        assertThat(certificates.revoke(kept.fingerprint(), NOW.plusMillis(9))).isFalse();
        assertThat(certificates.find(kept.fingerprint()).orElseThrow().revoked())
                .isEqualTo(NOW.plusMillis(5));
        assertThat(certificates.key(kept.fingerprint())).isEmpty();
    }

    @Test
    void a_device_that_goes_takes_its_certificates_along_and_one_that_is_missing_gets_none() {
        DeviceCertificate kept = insert("d1", NOW.plusSeconds(100));
        storage.devices().delete(Samples.id("d1"));

        assertThat(certificates.find(kept.fingerprint())).isEmpty();
        assertThatThrownBy(() -> insert("d1", NOW.plusSeconds(100)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("d1");
    }

    @Test
    void what_is_over_makes_room_and_what_is_valid_does_not() {
        DeviceCertificate revoked = insert("d1", NOW.plusSeconds(100));
        certificates.revoke(revoked.fingerprint(), NOW);
        DeviceCertificate valid = made("d1", NOW.plusMillis(1), NOW.plusSeconds(100));
        certificates.insert(valid, null, 2);
        DeviceCertificate next = made("d1", NOW.plusMillis(2), NOW.plusSeconds(100));
        certificates.insert(next, null, 2);

        assertThat(certificates.find(revoked.fingerprint())).isEmpty();
        assertThat(certificates.newest(Samples.id("d1"))).contains(next);
        assertThatThrownBy(() -> certificates.insert(made("d1", NOW, NOW.plusSeconds(9)), null, 2))
                .hasMessageContaining("revoke some");
    }

    @Test
    void listings_go_by_product_device_and_age_in_pages() {
        DeviceCertificate first = insert("d1", NOW.plusSeconds(100));
        DeviceCertificate second = made("d1", NOW.plusMillis(1), NOW.plusSeconds(100));
        certificates.insert(second, null, 10);
        DeviceCertificate other = insert("d2", NOW.plusSeconds(100));

        Page<DeviceCertificate> page = certificates.list(all(null, null), new Page.Request(null, 2));
        assertThat(page.items()).containsExactly(first, second);
        assertThat(certificates
                        .list(all(null, null), new Page.Request(page.next(), 2))
                        .items())
                .containsExactly(other);
        assertThat(certificates.list(all(PK, "d2"), ALL).items()).containsExactly(other);
        assertThat(certificates
                        .list(new Filter(null, null, Set.of("elsewhere"), null), ALL)
                        .items())
                .isEmpty();
        assertThat(certificates
                        .list(new Filter(null, null, Set.of(Space.DEFAULT_ID), null), ALL)
                        .items())
                .hasSize(3);
    }

    @Test
    void only_a_certificate_that_nothing_replaces_is_about_to_end() {
        insert("d1", NOW.plusSeconds(10));
        insert("d1", NOW.plusSeconds(1000));
        DeviceCertificate last = insert("d2", NOW.plusSeconds(20));
        DeviceCertificate revoked = insert("d2", NOW.plusSeconds(2000));
        certificates.revoke(revoked.fingerprint(), NOW);

        CertificateStore.Ending ending = certificates.ending(NOW, NOW.plusSeconds(60));
        assertThat(ending.count()).isEqualTo(1);
        assertThat(ending.first()).isEqualTo(last);
        assertThat(certificates.ending(NOW, NOW.plusSeconds(20)).first()).isNull();
        assertThat(certificates
                        .list(new Filter(null, null, Set.of(), NOW.plusSeconds(60)), ALL)
                        .items())
                .containsExactly(last);
    }

    @Test
    void links_lead_to_a_batch_and_the_oldest_of_many_ends() {
        BatchId id = new BatchId(7);
        storage.batches().insert(batch(id), List.of());
        for (int i = 0; i < 4; i++) {
            certificates.insertLink(new Link("l" + i, 7, NOW.plus(Duration.ofDays(30 + i))), NOW, 3);
        }

        assertThat(certificates.findLink("l0")).isEmpty();
        assertThat(certificates.findLink("l3")).contains(new Link("l3", 7, NOW.plus(Duration.ofDays(33))));
        assertThatThrownBy(() -> certificates.insertLink(new Link("x", 8, NOW.plusSeconds(1)), NOW, 3))
                .hasMessageContaining("no batch");
        storage.batches().delete(id);
        assertThat(certificates.findLink("l3")).isEmpty();
    }

    private static Batch batch(BatchId id) {
        return new Batch(
                id,
                Batch.Kind.GENERATE,
                "",
                new Batch.Scope(PK, null),
                Value.Fields.NONE,
                Batch.Policy.AT_ONCE,
                Batch.State.DONE,
                new Batch.Progress(1, 1, 0, 1),
                new Batch.Times(NOW, NOW, NOW, NOW),
                "");
    }

    private static Filter all(@Nullable String product, @Nullable String device) {
        return new Filter(product, device, Set.of(), null);
    }

    private DeviceCertificate insert(String device, Instant expires) {
        DeviceCertificate certificate = made(device, NOW, expires);
        certificates.insert(certificate, KEY, 10);
        return certificate;
    }

    private DeviceCertificate made(String device, Instant issued, Instant expires) {
        made++;
        return new DeviceCertificate(
                "a" + made,
                new Fingerprint("%064x".formatted(made)),
                new DeviceId(PK, device),
                "pem",
                issued,
                expires,
                null);
    }
}
