package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunHttpBed.fault;
import static io.berth.dialect.aliyun.device.AliyunHttpBed.login;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Pins;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.Post.Result;
import io.berth.testing.Digests;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunHttpLoginTest {
    private final AliyunHttpBed bed = new AliyunHttpBed();

    @ParameterizedTest
    @CsvSource({
        "hmacsha1, DD07FC366AC4D1859FB06C972D3AB00EFBC7FC17",
        "HmacSHA1, dd07fc366ac4d1859fb06c972d3ab00efbc7fc17",
    })
    void the_login_of_the_vendors_sdk_brings_a_token(String method, String sign) {
        Result login = bed.auth("""
                {"version":"default","clientId":"a1pk.dev1","signmethod":"%s","sign":"%s","productKey":"a1pk","deviceName":"dev1"}""".formatted(method, sign));

        assertThat(login.body())
                .matches("\\{\"code\":0,\"message\":\"success\",\"info\":\\{\"token\":\"[A-Za-z0-9_-]{50,192}\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5, D09AE01591F714F4979B74A3570E0C4E",
        "hmacsha1, 7F8F8F2912AD8CD7280B4C656C1387866899D812",
        ", D09AE01591F714F4979B74A3570E0C4E",
    })
    void a_signed_timestamp_from_long_ago_is_refused_though_the_signature_is_right(String method, String sign) {
        String named = method == null ? "" : "\"signmethod\":\"" + method + "\",";
        Result login = bed.auth("""
                {"version":"default","clientId":"127.0.0.1",%s"sign":"%s","productKey":"a1pk","deviceName":"dev1","timestamp":"1567003778853"}""".formatted(named, sign));

        assertThat(login.body()).isEqualTo("{\"code\":20000,\"message\":\"auth check error\"}");
        assertThat(fault(login)).isEqualTo(LoginFault.CLOCK_SKEW);
    }

    @ParameterizedTest
    @CsvSource({"-15, true", "15, true", "-16, false", "16, false"})
    void a_timestamp_may_be_a_quarter_of_an_hour_off(int minutes, boolean good) {
        long time = bed.clock.instant().plus(Duration.ofMinutes(minutes)).toEpochMilli();
        String content = "clientIdcdeviceNamedev1productKeya1pktimestamp" + time;

        Result asText = bed.auth(login("dev1", content, ",\"timestamp\":\"" + time + "\""));
        Result asNumber = bed.auth(login("dev1", content, ",\"timestamp\":" + time));

        assertThat(asText.failure() == null).isEqualTo(good);
        assertThat(asNumber.failure() == null).isEqualTo(good);
    }

    @Test
    void every_member_but_a_few_is_signed_sorted_by_name() {
        String content = "clientIdcdeviceNamedev1extraxproductKeya1pk";

        Result login = bed.auth(login("dev1", content, ",\"extra\":\"x\",\"resources\":{\"a\":1},\"version\":\"1\""));

        assertThat(login.body()).startsWith("{\"code\":0,");
    }

    @Test
    void the_answer_fits_the_sdks_buffers_whatever_the_names() {
        String product = "p".repeat(64);
        String name = "d".repeat(64);
        bed.product(product, AuthKind.SECRET);
        bed.device(product, name);
        String sign =
                Digests.hmac("HmacMD5", AliyunHttpBed.SECRET, "clientIdcdeviceName" + name + "productKey" + product);

        Result login = bed.auth("{\"clientId\":\"c\",\"sign\":\"" + sign + "\",\"productKey\":\"" + product
                + "\",\"deviceName\":\"" + name + "\"}");

        assertThat(login.body()).startsWith("{\"code\":0,").hasSizeLessThanOrEqualTo(256); // spec 2.2
    }

    @Test
    void an_unknown_device_and_a_wrong_secret_hear_the_same_and_the_operator_does_not() {
        Result wrong = bed.auth(login("dev1", "nonsense", ""));
        Result unknown = bed.auth(login("nobody", "clientIdcdeviceNamenobodyproductKeya1pk", ""));

        assertThat(wrong.body())
                .isEqualTo(unknown.body())
                .isEqualTo("{\"code\":20000,\"message\":\"auth check error\"}");
        assertThat(fault(wrong)).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(fault(unknown)).isEqualTo(LoginFault.UNKNOWN_DEVICE);
    }

    @Test
    void what_firmware_signed_instead_is_found_out() {
        Result login = bed.auth(login("dev1", "clientIddev1deviceNamedev1productKeya1pk", ""));

        assertThat(Objects.requireNonNull(login.failure()).cause()).contains("\"dev1\" was signed, but \"c\" was sent");
    }

    @Test
    void a_device_of_a_product_with_secrets_that_has_a_certificate_of_its_own_logs_in_with_that_alone() {
        bed.platform.devices.changePins(new DeviceId("a1pk", "dev1"), Pins.NONE);

        assertThat(fault(bed.auth(login("dev1", "clientIdcdeviceNamedev1productKeya1pk", ""))))
                .isEqualTo(LoginFault.WRONG_AUTH_KIND);
    }

    @Test
    void a_disabled_device_and_one_with_certificates_are_told_no_more_than_others() {
        bed.platform.devices.enable(new DeviceId("a1pk", "dev1"), false);

        Result disabled = bed.auth(login("dev1", "clientIdcdeviceNamedev1productKeya1pk", ""));
        Result cert = bed.auth(
                login("cert", "clientIdcdeviceNamecertproductKeya1x509", "").replace("a1pk", "a1x509"));

        assertThat(disabled.body()).isEqualTo(cert.body()).contains("20000");
        assertThat(fault(disabled)).isEqualTo(LoginFault.DEVICE_DISABLED);
        assertThat(fault(cert)).isEqualTo(LoginFault.WRONG_AUTH_KIND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"clientId\":\"c\"}",
                "{\"clientId\":\"c\",\"sign\":\"s\",\"productKey\":\"a1pk\",\"deviceName\":\"a/b\"}",
                "{\"clientId\":\"c\",\"sign\":\"s\",\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"signmethod\":\"rsa\"}",
                "{\"clientId\":\"c\",\"sign\":\"s\",\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"x\":{\"y\":1}}",
            })
    void a_login_that_cannot_be_read_is_a_parameter_error(String body) {
        assertThat(bed.auth(body).body()).isEqualTo("{\"code\":10001,\"message\":\"param error\"}");
    }

    @Test
    void a_login_of_another_content_type_is_a_parameter_error() {
        String body = login("dev1", "clientIdcdeviceNamedev1productKeya1pk", "");

        assertThat(bed.post("/auth", Map.of(), body).body()).contains("10001");
        assertThat(bed.post("/auth", Map.of("content-type", "text/plain"), body).body())
                .contains("10001");
        assertThat(bed.post("/auth", Map.of("content-type", "Application/JSON; charset=utf-8"), body)
                        .body())
                .contains("\"code\":0");
    }
}
