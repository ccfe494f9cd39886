package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunFleet.DEVICES;
import static io.berth.dialect.aliyun.device.AliyunFleet.DIALECTS;
import static io.berth.dialect.aliyun.device.AliyunFleet.SECRET;
import static io.berth.dialect.aliyun.device.AliyunFleet.sign;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.Attempt;
import io.berth.dialect.KnownDevices;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunLoginTest {
    @ParameterizedTest(name = "{0} -> {6}")
    @CsvFileSource(resources = "/vectors/aliyun-logins.csv", delimiter = ';', numLinesToSkip = 1)
    void answers_each_vector_with_its_code(
            String what, String clientId, String username, String password, int keepAlive, boolean secure, int code) {
        Attempt attempt = new Attempt(clientId, username, password, keepAlive, secure);

        assertThat(attempt.code(DIALECTS, DEVICES)).isEqualTo(code);
    }

    @Test
    void lets_a_client_that_announces_tls_come_in_clear_when_told_to() {
        Attempt attempt = Attempt.of(
                "12345|securemode=2,signmethod=hmacsha1,timestamp=789|",
                "device&pk",
                "FAFD82A3D602B37FB0FA8B7892F24A477F851A14");

        assertThat(attempt.accepted(List.of(new AliyunMqtt(Attempt.SERVICES, true)), DEVICES)
                        .result())
                .isEqualTo("accepted-in-clear");
        assertThat(attempt.code(DIALECTS, DEVICES)).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"securemode=8,authType=id2", "securemode=2,authype=id2", "securemode=8"})
    void id2_is_refused_and_the_operator_learns_what_it_needs(String parameters) {
        Attempt attempt = Attempt.of("x|" + parameters + "|", "dev1&a1pk", "00");

        assertThat(attempt.code(DIALECTS, DEVICES)).isEqualTo(5);
        Refusal refusal = attempt.refusal(DIALECTS, DEVICES);
        assertThat(refusal.device()).isEqualTo(new DeviceId("a1pk", "dev1"));
        assertThat(refusal.cause()).contains("ID2", "key service");
        assertThat(refusal.fix()).contains("device secret");
    }

    @Test
    void counts_a_client_that_keeps_its_word_as_accepted() {
        assertThat(login("dev1", "a1pk", SECRET).accepted(DIALECTS, DEVICES).result())
                .isEqualTo("accepted");
    }

    @Test
    void a_disabled_device_learns_so_only_with_the_right_signature() {
        assertThat(login("off", "a1pk", SECRET).code(DIALECTS, DEVICES)).isEqualTo(5);
        assertThat(login("off", "a1pk", "guess").code(DIALECTS, DEVICES)).isEqualTo(4);
    }

    @Test
    void a_device_that_may_log_in_over_tls_only_learns_so_only_with_the_right_signature() {
        Attempt clear = login("safe", "a1pk", SECRET);

        assertThat(clear.code(DIALECTS, DEVICES)).isEqualTo(5);
        assertThat(clear.refusal(DIALECTS, DEVICES).fault()).isEqualTo(LoginFault.TLS_DEMANDED);
        assertThat(clear.overTls().code(DIALECTS, DEVICES)).isZero();
        assertThat(login("safe", "a1pk", "guess").code(DIALECTS, DEVICES)).isEqualTo(4);
    }

    @Test
    void a_device_of_a_certificate_product_learns_so_only_with_the_right_signature() {
        assertThat(login("cert", "a1x509", SECRET).refusal(DIALECTS, DEVICES).fault())
                .isEqualTo(LoginFault.WRONG_AUTH_KIND);
        assertThat(login("cert", "a1x509", SECRET).code(DIALECTS, DEVICES)).isEqualTo(5);
        assertThat(login("cert", "a1x509", "guess").code(DIALECTS, DEVICES)).isEqualTo(4);
    }

    @Test
    void an_unknown_device_and_a_wrong_secret_hear_the_same() {
        assertThat(login("nobody", "a1pk", SECRET).code(DIALECTS, DEVICES))
                .isEqualTo(login("dev1", "a1pk", "guess").code(DIALECTS, DEVICES))
                .isEqualTo(4);
    }

    @Test
    void a_refusal_shows_fields_text_to_sign_prefixes_and_skew() {
        long late = Attempt.NOW.minus(Duration.ofHours(8)).toEpochMilli();
        Refusal refusal = Attempt.of(
                        "c|signmethod=hmacsha1,timestamp=" + late + "|",
                        "dev1&a1pk",
                        "00112233445566778899aabbccddeeff00112233")
                .refusal(DIALECTS, DEVICES);

        assertThat(refusal.dialect()).isEqualTo("aliyun");
        assertThat(refusal.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(refusal.fields())
                .containsEntry("clientId", "c")
                .containsEntry("deviceName", "dev1")
                .containsEntry("productKey", "a1pk")
                .containsEntry("signmethod", "hmacsha1");
        String content = "clientIdcdeviceNamedev1productKeya1pktimestamp" + late;
        Refusal.SignatureCheck check = requireNonNull(refusal.check());
        assertThat(check.algorithm()).isEqualTo("hmacsha1");
        assertThat(check.content()).isEqualTo(content);
        assertThat(sign(Hmac.SHA1, SECRET, content))
                .startsWith(check.expectedPrefix())
                .hasSizeGreaterThan(8);
        assertThat(check.givenPrefix()).isEqualTo("00112233");
        assertThat(check.skew()).isEqualTo(Duration.ofHours(-8));
    }

    @Test
    void the_constant_timestamp_of_the_c_sdk_counts_as_no_time() {
        Refusal refusal =
                Attempt.of("c|timestamp=2524608000000|", "dev1&a1pk", "00").refusal(DIALECTS, DEVICES);

        Refusal.SignatureCheck check = requireNonNull(refusal.check());
        assertThat(check.skew()).isNull();
    }

    @Test
    void no_refusal_shows_a_secret_that_was_sent_in_clear() {
        for (String sent : List.of(SECRET, SECRET.toUpperCase(java.util.Locale.ROOT), " " + SECRET)) {
            Refusal refusal = Attempt.of("c||", "dev1&a1pk", sent).refusal(DIALECTS, DEVICES);

            assertThat(refusal.toString()).doesNotContainIgnoringCase(SECRET.substring(0, 8));
        }
    }

    @Test
    void leaves_a_login_of_another_form_to_others() {
        assertThat(Attempt.of("mqttjs_1234", "admin", "public").refusal(DIALECTS, new KnownDevices()))
                .extracting(Refusal::dialect, Refusal::fault)
                .containsExactly("none", LoginFault.NOT_RECOGNISED);
    }

    private static Attempt login(String name, String product, String secret) {
        String password = sign(Hmac.SHA256, secret, "clientIdcdeviceName" + name + "productKey" + product);
        return Attempt.of("c|securemode=3,signmethod=hmacsha256|", name + "&" + product, password);
    }
}
