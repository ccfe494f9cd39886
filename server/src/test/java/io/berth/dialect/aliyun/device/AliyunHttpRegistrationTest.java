package io.berth.dialect.aliyun.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Devices;
import io.berth.core.enrol.EnrolmentLimits;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.Attempt;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST /auth/register/device` (spec aliyun-device 2.1).
final class AliyunHttpRegistrationTest {
    /// V4.
    private static final String SIGNED = "productKey=a1pk&deviceName=dev1&random=123&signMethod=hmacsha256"
            + "&sign=B6B6715561F481222DA528E1D013973A12E1B10F921166660CAE1A8A70E3DF58";

    private final RegistrationBed bed = new RegistrationBed();

    @Test
    void a_device_gets_its_secret_byte_for_byte() {
        assertThat(body(SIGNED))
                .isEqualTo("{\"code\":200,\"data\":{\"deviceName\":\"dev1\",\"deviceSecret\":\""
                        + RegistrationBed.SECRET + "\",\"productKey\":\"a1pk\"},\"message\":\"success\"}");
        assertThat(body(SIGNED)).isEqualTo(body(SIGNED));
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5, 123, 58FB79990E9CC5E053E7D556D5B42BB0",
        "HmacMD5, 123, 58FB79990E9CC5E053E7D556D5B42BB0",
        "hmacsha1, 123, 9EDBB4680F254000383621B47AD57ADD257B6CA6",
        "hmacsha256, 8Ygb7ULYh53B6OA, D06EFBF9E1C65C771D6BAACD7EC51118D300E5028414EA4E1894D3B2A1D65D6C",
    })
    void v4_each_method_in_any_case(String method, String random, String sign) {
        assertThat(code("deviceName=dev1&productKey=a1pk&random=" + random + "&sign=" + sign + "&signMethod=" + method))
                .isEqualTo("200");
    }

    @Test
    void names_are_decoded_before_they_are_looked_up() {
        bed.platform.devices.create(new Devices.Draft(new DeviceId("a1pk", "d@1:x"), new Secret("s"), null, null));
        String sign = AliyunFleet.sign(Hmac.MD5, "PRODSECRET000001", "deviceNamed@1:xproductKeya1pkrandoma b");

        assertThat(code("productKey=a1pk&deviceName=" + URLEncoder.encode("d@1:x", UTF_8) + "&random=a+b&sign=" + sign))
                .isEqualTo("200");
    }

    @Test
    void the_longest_names_of_the_vendor_fit_the_buffer_of_its_oldest_sdk() {
        String name = "n".repeat(32);
        bed.platform.devices.create(
                new Devices.Draft(new DeviceId("a1pk", name), new Secret(RegistrationBed.SECRET), null, null));

        assertThat(body(form("a1pk", name))).startsWith("{\"code\":200,").hasSizeLessThanOrEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "productKey=a1pk&deviceName=dev1",
                "productKey=a1pk&deviceName=dev1&random=123",
                "productKey=a1pk&deviceName=dev1&random=&sign=00",
                "productKey=a1pk&deviceName=dev1&random=%00&sign=00",
                "productKey=a1pk&deviceName=dev1&random=%0d%0a&sign=00",
                "productKey=a1pk&deviceName=dev1&sign=00",
                "productKey=a1pk&deviceName=dev1&random=123&sign=00&signMethod=sha256",
                "productKey=a1pk&deviceName=../1&random=123&sign=00",
                "productKey=&deviceName=dev1&random=123&sign=00",
                "productKey=%zz&deviceName=dev1&random=123&sign=00",
                "productKey=a1pk&deviceName=%&random=123&sign=00",
                "=&&=&"
            })
    void what_is_no_such_form_is_a_parameter_error(String form) {
        assertThat(body(form)).isEqualTo("{\"code\":460,\"message\":\"request parameter error\"}");
    }

    @Test
    void a_form_that_is_far_too_long_or_of_another_type_is_not_looked_at() {
        assertThat(code(SIGNED + "&x=" + "y".repeat(5000))).isEqualTo("460");
        assertThat(answer(read(new Posted(SIGNED, "application/json", true))))
                .isEqualTo("{\"code\":460,\"message\":\"request parameter error\"}");
    }

    @Test
    void a_registration_in_clear_is_refused_and_the_operator_learns_why() {
        HttpReading reading = read(new Posted(SIGNED, "application/x-www-form-urlencoded; charset=utf-8", false));

        assertThat(answer(reading)).startsWith("{\"code\":460,");
        assertThat(refused(reading).failure().fault()).isEqualTo(LoginFault.TRANSPORT_MISMATCH);
    }

    @Test
    void each_refusal_has_the_vendors_code() {
        assertThat(code(SIGNED.replace("random=123", "random=124"))).isEqualTo("401");
        assertThat(code(SIGNED.replace("a1pk", "a1none"))).isEqualTo("6250");
        assertThat(code(form("a1off", "dev1"))).isEqualTo("6288");
        assertThat(code(form("a1pk", "nobody"))).isEqualTo("6100");

        bed.platform
                .registry
                .devices()
                .recordPresence(
                        List.of(new Presence(new DeviceId("a1pk", "dev1"), Instant.EPOCH, "192.0.2.1:1", true)));
        assertThat(body(SIGNED)).isEqualTo("{\"code\":6289,\"message\":\"device is active already\"}");
    }

    @Test
    void a_wrong_signature_hides_whether_there_is_such_a_device() {
        String forged = "&random=123&signMethod=hmacsha256&sign=00";

        assertThat(body("productKey=a1pk&deviceName=dev1" + forged))
                .isEqualTo(body("productKey=a1pk&deviceName=nobody" + forged));
    }

    @Test
    void a_flood_is_throttled() {
        bed.limits(new EnrolmentLimits(5, 10, 1, 10));
        body(SIGNED);

        assertThat(code(SIGNED)).isEqualTo("429");
    }

    @Test
    void a_store_that_is_gone_is_a_fault_of_the_server() {
        bed.platform.registry.gone = true;

        HttpReading reading = read(new Posted(SIGNED));
        assertThat(answer(reading)).startsWith("{\"code\":400,");
        assertThat(refused(reading).failure().fault()).isEqualTo(LoginFault.UNAVAILABLE);
    }

    @Test
    void a_refusal_names_the_device_and_shows_what_was_sent_but_no_signature() {
        HttpReading.Refused refused = refused(read(
                new Posted("deviceName=dev1&productKey=a1pk&random=123&junk=x&sign=00112233445566778899aabbccddeeff")));

        assertThat(refused.claimed()).isEqualTo("a1pk/dev1");
        assertThat(refused.fields()).hasToString("{productKey=a1pk, deviceName=dev1, random=123}");
        assertThat(refused.failure().fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(requireNonNull(refused.failure().check()).content())
                .isEqualTo("deviceNamedev1productKeya1pkrandom123");
    }

    private static String form(String product, String name) {
        String sign = AliyunFleet.sign(
                Hmac.SHA256, "PRODSECRET000001", "deviceName" + name + "productKey" + product + "random123");
        return "productKey=" + product + "&deviceName=" + name + "&random=123&signMethod=hmacsha256&sign=" + sign;
    }

    private String code(String form) {
        return body(form).replaceFirst("\\{\"code\":([0-9]+),.*", "$1");
    }

    private String body(String form) {
        return answer(read(new Posted(form)));
    }

    private static String answer(HttpReading reading) {
        HttpAnswer answer = switch (reading) {
            case HttpReading.Served served -> served.answer();
            case HttpReading.Refused refused -> refused.answer();
            case HttpReading.Answered answered -> answered.answer();
            case HttpReading.Claim _, HttpReading.Later _ -> throw new AssertionError(reading);
        };
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().text();
    }

    private static HttpReading.Refused refused(HttpReading reading) {
        assertThat(reading).isInstanceOf(HttpReading.Refused.class);
        return (HttpReading.Refused) reading;
    }

    private HttpReading read(Posted request) {
        HttpReading reading = AliyunHttpRegistration.read(request, bed.services);
        return reading instanceof HttpReading.Later later ? later.work().read() : reading;
    }

    private record Posted(String form, String type, boolean isSecure) implements HttpRequest {
        Posted(String form) {
            this(form, "application/x-www-form-urlencoded", true);
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/auth/register/device";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals("content-type") ? type : null;
        }

        @Override
        public Payload body() {
            return Payload.of(form);
        }

        @Override
        public Instant time() {
            return Attempt.NOW;
        }

        @Override
        public String address() {
            return "192.0.2.9:4711";
        }

        @Override
        public Refusal.Channel channel() {
            return new Refusal.Channel("https", address(), isSecure ? "tls" : "tcp", null);
        }
    }
}
