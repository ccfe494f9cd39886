package io.berth.dialect.huawei.device;

import static io.berth.dialect.huawei.device.HuaweiFleet.DEVICES;
import static io.berth.dialect.huawei.device.HuaweiFleet.DIALECTS;
import static io.berth.dialect.huawei.device.HuaweiFleet.PASSWORD;
import static io.berth.dialect.huawei.device.HuaweiFleet.SECRET;
import static io.berth.dialect.huawei.device.HuaweiFleet.login;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.Attempt;
import io.berth.dialect.KnownDevices;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class HuaweiLoginTest {
    @ParameterizedTest(name = "{0} -> {5}")
    @CsvFileSource(resources = "/vectors/huawei-logins.csv", delimiter = ';', numLinesToSkip = 1)
    void answers_each_vector_with_its_code(
            String what, String clientId, String username, String password, int keepAlive, int code) {
        Attempt attempt = new Attempt(clientId, username, password, keepAlive, false);

        assertThat(attempt.code(DIALECTS, DEVICES)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"2024010201,4", "2024010202,0", "2024010203,0", "2024010204,0", "2024010205,4"})
    void a_checked_hour_may_be_one_off(String hour, int code) {
        String password = HuaweiLogin.sign(hour, new Secret(SECRET));

        assertThat(login("dev_001", "1", hour, password).code(DIALECTS, DEVICES))
                .isEqualTo(code);
    }

    @Test
    void a_client_id_of_256_characters_is_read_and_one_more_is_not() {
        String id = "d".repeat(256 - "_0_0_2024010203".length());

        assertThat(login(id, "0", "2024010203", PASSWORD).code(DIALECTS, DEVICES))
                .isEqualTo(4);
        assertThat(login(id + "d", "0", "2024010203", PASSWORD).code(DIALECTS, DEVICES))
                .isEqualTo(2);
    }

    @Test
    void both_secrets_of_a_device_open_the_door() {
        Secret spare = new Secret("another-secret");
        KnownDevices devices = new KnownDevices().with(changed(device -> device.withSpareSecret(spare)));

        assertThat(login("two", "0", "2024010203", PASSWORD).code(DIALECTS, devices))
                .isZero();
        assertThat(login("two", "0", "2024010203", HuaweiLogin.sign("2024010203", spare))
                        .code(DIALECTS, devices))
                .isZero();
        assertThat(login("two", "0", "2024010203", "00").code(DIALECTS, devices))
                .isEqualTo(4);
    }

    @Test
    void a_device_that_may_use_tls_only_is_refused_without() {
        DeviceProfile secureOnly = new DeviceProfile("", "", "", true, null);
        KnownDevices devices = new KnownDevices().with(changed(device -> device.withProfile(secureOnly)));
        Attempt inClear = new Attempt("two_0_0_2024010203", "two", PASSWORD, 60, false);
        Attempt overTls = new Attempt("two_0_0_2024010203", "two", PASSWORD, 60, true);

        assertThat(overTls.code(DIALECTS, devices)).isZero();
        assertThat(inClear.code(DIALECTS, devices)).isEqualTo(5);
        assertThat(inClear.refusal(DIALECTS, devices).fault()).isEqualTo(LoginFault.TLS_DEMANDED);
    }

    private static DeviceSnapshot changed(UnaryOperator<Device> change) {
        DeviceSnapshot plain = KnownDevices.snapshot("p", "d", "two", SECRET);
        return new DeviceSnapshot(change.apply(plain.device()), plain.product(), false);
    }

    @Test
    void a_frozen_device_learns_so_only_with_the_right_password() {
        assertThat(login("frozen", "0", "2024010203", PASSWORD).code(DIALECTS, DEVICES))
                .isEqualTo(5);
        assertThat(login("frozen", "0", "2024010203", "00").code(DIALECTS, DEVICES))
                .isEqualTo(4);
    }

    @Test
    void a_device_of_a_certificate_product_learns_so_only_with_the_right_password() {
        assertThat(login("cert", "0", "2024010203", PASSWORD)
                        .refusal(DIALECTS, DEVICES)
                        .fault())
                .isEqualTo(LoginFault.WRONG_AUTH_KIND);
        assertThat(login("cert", "0", "2024010203", "00").code(DIALECTS, DEVICES))
                .isEqualTo(4);
    }

    @Test
    void a_refusal_shows_fields_prefixes_and_skew_and_never_the_secret() {
        Refusal refusal = login("dev_001", "0", "2024010211", "a".repeat(64)).refusal(DIALECTS, DEVICES);

        assertThat(refusal.dialect()).isEqualTo("huawei");
        assertThat(refusal.claimed()).isEqualTo("p/d1");
        assertThat(refusal.fields())
                .containsEntry("device_id", "dev_001")
                .containsEntry("type", "0")
                .containsEntry("sign", "0")
                .containsEntry("hour", "2024010211");
        Refusal.SignatureCheck check = requireNonNull(refusal.check());
        assertThat(check.content()).isEqualTo("the device secret, with the key 2024010211");
        assertThat(check.givenPrefix()).isEqualTo("aaaaaaaa");
        assertThat(check.skew()).isEqualTo(Duration.ofHours(8));
        assertThat(refusal.toString()).doesNotContain(SECRET);
    }

    @Test
    void sees_an_hour_in_local_time() {
        String local = HuaweiLogin.sign("2024010211", new Secret(SECRET));

        assertThat(cause("2024010203", local)).contains("hour 2024010211").contains("8 hours apart");
        Refusal both = login("dev_001", "1", "2024010211", local).refusal(DIALECTS, DEVICES);
        assertThat(both.fault()).isEqualTo(LoginFault.CLOCK_SKEW);
        assertThat(both.cause()).contains("here it is 2024010203 (UTC)");
    }

    @Test
    void sees_what_was_done_to_the_digest() {
        assertThat(cause("2024010203", PASSWORD.toUpperCase(Locale.ROOT))).contains("upper case");
        assertThat(cause("2024010203", PASSWORD + "\n")).contains("line break");
        assertThat(cause("2024010203", PASSWORD.substring(0, 32))).contains("cut after 32 of 64");
        assertThat(cause("2024010203", hmac(Hmac.SHA256, SECRET, "2024010203"))).contains("swapped");
        assertThat(cause("2024010203", hmac(Hmac.SHA1, "2024010203", SECRET))).contains("HmacSHA1");
    }

    @Test
    void sees_another_secret() {
        assertThat(cause("2024010203", SECRET)).isEqualTo("the password is the secret itself");
        assertThat(cause("2024010203", hmac(Hmac.SHA256, "2024010203", "PRODSECRET000001")))
                .contains("product secret");
        assertThat(cause("2024010203", hmac(Hmac.SHA256, "2024010203", SECRET + "\n")))
                .contains("line break");
    }

    private static String cause(String hour, String password) {
        return login("dev_001", "0", hour, password).refusal(DIALECTS, DEVICES).cause();
    }

    private static String hmac(Hmac method, String key, String content) {
        return method.hex(key.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8));
    }
}
