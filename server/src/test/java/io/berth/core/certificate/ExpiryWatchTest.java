package io.berth.core.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.Alarms;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.product.Space;
import io.berth.testing.MemoryAlarms;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import io.berth.tls.DeviceMint;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ExpiryWatchTest {
    private static final DeviceId METER = new DeviceId("meters", "m1");

    private final TestClock clock = new TestClock();
    private final TestPlatform platform = new TestPlatform(clock);
    private final Alarms alarms = new Alarms(new MemoryAlarms(), Alarms.Limits.DEFAULT, clock);
    private final ExpiryWatch watch = new ExpiryWatch(
            platform.kept.certificates(), platform.kept.authorities(), CertificateConfig.DEFAULT, alarms, clock);

    @Test
    void a_certificate_about_to_end_is_warned_of_until_another_replaces_it() {
        platform.products.create(new Products.Draft(
                "meters", "meters", null, null, AuthKind.X509, NodeType.DIRECT, DataFormat.JSON, false));
        platform.devices.create(new Devices.Draft(METER, new Secret("s"), null, null));
        issue(40);
        watch.look();
        assertThat(alarms.active(Alarm.Severity.WARNING)).isZero();

        clock.advance(Duration.ofDays(11));
        watch.look();
        assertThat(alarms.get(ExpiryWatch.OF_DEVICES).severity()).isEqualTo(Alarm.Severity.WARNING);
        assertThat(alarms.get(ExpiryWatch.OF_DEVICES).text()).contains("meters/m1", "berth cert list --ending");
        clock.advance(Duration.ofDays(30));
        watch.look();
        assertThat(alarms.get(ExpiryWatch.OF_DEVICES).severity()).isEqualTo(Alarm.Severity.MAJOR);

        issue(400);
        watch.look();
        assertThat(alarms.get(ExpiryWatch.OF_DEVICES).isActive()).isFalse();
    }

    @Test
    void an_authority_about_to_end_is_warned_of() {
        Authority owners = platform.authorities.add(
                Space.DEFAULT_ID,
                Pem.of(new DeviceMint().authority(clock.instant()).certificate()));
        watch.look();
        assertThat(alarms.active(Alarm.Severity.WARNING)).isZero();

        clock.advance(Duration.between(
                clock.instant(), owners.certificate().getNotAfter().toInstant().minus(Duration.ofDays(2))));
        watch.look();
        assertThat(alarms.get(ExpiryWatch.OF_AUTHORITIES).text())
                .contains(owners.commonName())
                .contains(owners.id());
        platform.authorities.delete(owners.id());
        watch.look();
        assertThat(alarms.get(ExpiryWatch.OF_AUTHORITIES).isActive()).isFalse();
    }

    private void issue(int days) {
        platform.certificates.issue(METER, new PlatformAuthority.Order(null, Duration.ofDays(days)));
    }
}
