package io.berth.dialect.aliyun.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Renewals;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.Post;
import io.berth.dialect.Post.Result;
import io.berth.testing.Digests;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunHttpTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final String UPDATE = "/topic/a1pk/dev1/user/update";

    private final TestClock clock = new TestClock();
    private final TestPlatform platform = new TestPlatform(clock);
    private final AliyunHttp dialect = dialect();
    private final HttpReader connection = dialect.open();

    private AliyunHttp dialect() {
        DeviceTokens tokens = new DeviceTokens(
                Payload.of("key"),
                "https",
                Duration.ofDays(7),
                Renewals.HARMLESS,
                platform.registry.devices(),
                platform.registry.directory(),
                clock);
        return new AliyunHttp(platform.services(platform.registry.directory()), tokens);
    }

    @BeforeEach
    void devices() {
        product("a1pk", AuthKind.SECRET);
        product("a1x509", AuthKind.X509);
        device("a1pk", "dev1");
        device("a1pk", "other");
        device("a1x509", "cert");
    }

    @ParameterizedTest
    @CsvSource({
        "hmacsha1, DD07FC366AC4D1859FB06C972D3AB00EFBC7FC17",
        "HmacSHA1, dd07fc366ac4d1859fb06c972d3ab00efbc7fc17",
    })
    void the_login_of_the_vendors_sdk_brings_a_token(String method, String sign) {
        Result login = auth("""
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
        Result login = auth("""
                {"version":"default","clientId":"127.0.0.1",%s"sign":"%s","productKey":"a1pk","deviceName":"dev1","timestamp":"1567003778853"}""".formatted(named, sign));

        assertThat(login.body()).isEqualTo("{\"code\":20000,\"message\":\"auth check error\"}");
        assertThat(fault(login)).isEqualTo(LoginFault.CLOCK_SKEW);
    }

    @ParameterizedTest
    @CsvSource({"-15, true", "15, true", "-16, false", "16, false"})
    void a_timestamp_may_be_a_quarter_of_an_hour_off(int minutes, boolean good) {
        long time = clock.instant().plus(Duration.ofMinutes(minutes)).toEpochMilli();
        String content = "clientIdcdeviceNamedev1productKeya1pktimestamp" + time;

        Result asText = auth(login("dev1", content, ",\"timestamp\":\"" + time + "\""));
        Result asNumber = auth(login("dev1", content, ",\"timestamp\":" + time));

        assertThat(asText.failure() == null).isEqualTo(good);
        assertThat(asNumber.failure() == null).isEqualTo(good);
    }

    @Test
    void every_member_but_a_few_is_signed_sorted_by_name() {
        String content = "clientIdcdeviceNamedev1extraxproductKeya1pk";

        Result login = auth(login("dev1", content, ",\"extra\":\"x\",\"resources\":{\"a\":1},\"version\":\"1\""));

        assertThat(login.body()).startsWith("{\"code\":0,");
    }

    @Test
    void the_answer_fits_the_sdks_buffers_whatever_the_names() {
        String product = "p".repeat(64);
        String name = "d".repeat(64);
        product(product, AuthKind.SECRET);
        device(product, name);
        String sign = Digests.hmac("HmacMD5", SECRET, "clientIdcdeviceName" + name + "productKey" + product);

        Result login = auth("{\"clientId\":\"c\",\"sign\":\"" + sign + "\",\"productKey\":\"" + product
                + "\",\"deviceName\":\"" + name + "\"}");

        assertThat(login.body()).startsWith("{\"code\":0,").hasSizeLessThanOrEqualTo(256); // spec 2.2
    }

    @Test
    void an_unknown_device_and_a_wrong_secret_hear_the_same_and_the_operator_does_not() {
        Result wrong = auth(login("dev1", "nonsense", ""));
        Result unknown = auth(login("nobody", "clientIdcdeviceNamenobodyproductKeya1pk", ""));

        assertThat(wrong.body())
                .isEqualTo(unknown.body())
                .isEqualTo("{\"code\":20000,\"message\":\"auth check error\"}");
        assertThat(fault(wrong)).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(fault(unknown)).isEqualTo(LoginFault.UNKNOWN_DEVICE);
    }

    @Test
    void what_firmware_signed_instead_is_found_out() {
        Result login = auth(login("dev1", "clientIddev1deviceNamedev1productKeya1pk", ""));

        assertThat(Objects.requireNonNull(login.failure()).cause()).contains("\"dev1\" was signed, but \"c\" was sent");
    }

    @Test
    void a_device_of_a_product_with_secrets_that_has_a_certificate_of_its_own_logs_in_with_that_alone() {
        platform.devices.changePins(new DeviceId("a1pk", "dev1"), Pins.NONE);

        assertThat(fault(auth(login("dev1", "clientIdcdeviceNamedev1productKeya1pk", ""))))
                .isEqualTo(LoginFault.WRONG_AUTH_KIND);
    }

    @Test
    void a_disabled_device_and_one_with_certificates_are_told_no_more_than_others() {
        platform.devices.enable(new DeviceId("a1pk", "dev1"), false);

        Result disabled = auth(login("dev1", "clientIdcdeviceNamedev1productKeya1pk", ""));
        Result cert = auth(
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
        assertThat(auth(body).body()).isEqualTo("{\"code\":10001,\"message\":\"param error\"}");
    }

    @Test
    void a_login_of_another_content_type_is_a_parameter_error() {
        String body = login("dev1", "clientIdcdeviceNamedev1productKeya1pk", "");

        assertThat(post("/auth", Map.of(), body).body()).contains("10001");
        assertThat(post("/auth", Map.of("content-type", "text/plain"), body).body())
                .contains("10001");
        assertThat(post("/auth", Map.of("content-type", "Application/JSON; charset=utf-8"), body)
                        .body())
                .contains("\"code\":0");
    }

    @Test
    void a_message_under_a_token_is_what_a_publish_on_its_topic_is() {
        Result report = report(token(), UPDATE, "hello");

        assertThat(report.body())
                .matches("\\{\"code\":0,\"message\":\"success\",\"info\":\\{\"messageId\":[0-9]{19}}}");
        assertThat(report.uplink()).isInstanceOf(Uplink.Message.class);
        Uplink uplink = Objects.requireNonNull(report.uplink());
        assertThat(uplink.topic()).isEqualTo("/a1pk/dev1/user/update");
        assertThat(uplink.payload().text()).isEqualTo("hello");
    }

    @Test
    void message_ids_differ_and_grow_also_over_a_restart() {
        String first = report(token(), UPDATE, "1").body();
        String second = report(token(), UPDATE, "2").body();
        clock.advance(Duration.ofMillis(1));
        String afterRestart = report(dialect().open(), token(), UPDATE, "3").body();

        assertThat(second).isGreaterThan(first);
        assertThat(afterRestart).isGreaterThan(second);
    }

    @Test
    void a_property_post_is_read_as_one() {
        Result report = report(
                token(), "/topic/sys/a1pk/dev1/thing/event/property/post", "{\"id\":\"1\",\"params\":{\"Temp\":21.5}}");

        assertThat(report.uplink()).isInstanceOf(Uplink.PropertyReport.class);
    }

    @Test
    void what_is_not_understood_is_a_publish_error() {
        Result report = report(token(), "/topic/sys/a1pk/dev1/thing/event/property/post", "no json");

        assertThat(report.body()).isEqualTo("{\"code\":30001,\"message\":\"publish message error\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/a1pk/other/user/update",
                "/topic/sys/a1pk/other/thing/event/property/post",
                "/topic/a1pk/dev1/user/undeclared",
                "/topic/a1pk/dev1/user/get",
            })
    void a_device_publishes_only_where_it_may(String path) {
        assertThat(report(token(), path, "x").body())
                .isEqualTo("{\"code\":30001,\"message\":\"publish message error\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/",
                "/topic//a1pk/dev1/user/update",
                "/topic/a1pk/dev1/user/update/",
                "/topic/a1pk//dev1/user/update",
                "/topic/a1pk/other/../dev1/user/update",
                "/topic/a1pk/other/%2e%2e/dev1/user/update",
                "/topic/a1pk/dev1/./user/update",
                "/topic/a1pk%2Fdev1/user/update",
                "/topic/a1pk/dev1/user%00/update",
                "/topic/a1pk/dev1/user/%",
                "/topic/a1pk/dev1/user/%zz",
                "/topic/a1pk/dev1/user/%2",
                "/topic/a1pk/dev1/user/%25",
                "/topic/a1pk/dev1/user/%3fx=1",
                "/topic/a1pk/dev1/user/%ff",
                "/topic/a1pk/dev1/user/+",
                "/topic/a1pk/dev1/user/#",
                "/topic/a1pk/dev1/user/\u00e9",
            })
    void a_path_that_names_no_plain_topic_is_a_parameter_error(String path) {
        Result report = report(token(), path, "x");

        assertThat(report.body()).isEqualTo("{\"code\":10001,\"message\":\"param error\"}");
        assertThat(report.uplink()).isNull();
    }

    @Test
    void a_percent_sign_stands_for_a_character_of_a_name() {
        device("a1pk", "a@b:c");
        String content = "clientIdcdeviceNamea@b:cproductKeya1pk";
        String token = tokenIn(auth(login("a@b:c", content, "")));

        assertThat(report(token, "/topic/a1pk/a%40b%3Ac/user/update", "x").body())
                .startsWith("{\"code\":0,");
    }

    @Test
    void a_query_and_another_content_type_are_parameter_errors() {
        Map<String, String> headers = Map.of("content-type", "application/octet-stream", "password", token());
        Post plain = Post.of(clock, UPDATE, headers, "x");

        assertThat(at(plain.withQuery("_sn=default")).body()).contains("10001");
        assertThat(at(plain.withQuery("")).body()).contains("10001");
        assertThat(post(UPDATE, Map.of("password", token()), "x").body()).contains("10001");
        assertThat(at(plain).body()).contains("\"code\":0");
    }

    @Test
    void only_post_is_served() {
        assertThat(at(Post.of(clock, UPDATE, Map.of(), "").by("PUT")).answer().status())
                .isEqualTo(405);
        assertThat(at(Post.of(clock, "/auth", JSON, "").by("GET")).answer().status())
                .isEqualTo(405);
        assertThat(at(Post.of(clock, "/auth/other", JSON, "")).answer().status())
                .isEqualTo(404);
    }

    @Test
    void tokens_are_told_apart_by_what_is_wrong_with_them() {
        String token = token();

        assertThat(post(UPDATE, Map.of("content-type", "application/octet-stream"), "x")
                        .body())
                .isEqualTo("{\"code\":20002,\"message\":\"token is null\"}");
        assertThat(report("", UPDATE, "x").body()).contains("20002");
        assertThat(report("forged", UPDATE, "x").body())
                .isEqualTo("{\"code\":20003,\"message\":\"check token error\"}");
        clock.advance(Duration.ofDays(7));
        assertThat(report(token, UPDATE, "x").body()).isEqualTo("{\"code\":20001,\"message\":\"token is expired\"}");
    }

    @Test
    void a_new_login_does_not_end_the_older_token() {
        String older = token();
        clock.advance(Duration.ofHours(1));
        token();

        assertThat(report(older, UPDATE, "x").body()).contains("\"code\":0");
    }

    @Test
    void a_token_ends_with_its_device_and_while_the_connection_lasts() {
        String token = token();
        assertThat(report(token, UPDATE, "x").body()).contains("\"code\":0");
        DeviceId id = new DeviceId("a1pk", "dev1");

        platform.devices.enable(id, false);
        assertThat(report(token, UPDATE, "x").body()).contains("20000");
        platform.devices.enable(id, true);
        assertThat(report(token, UPDATE, "x").body()).contains("\"code\":0");
        platform.devices.reset(id, null);
        assertThat(report(token, UPDATE, "x").body()).contains("20003");
        platform.devices.delete(id);
        Result deleted = report(token, UPDATE, "x");

        assertThat(deleted.body()).contains("20003");
        assertThat(fault(deleted)).isEqualTo(LoginFault.UNKNOWN_DEVICE);
    }

    @Test
    void two_devices_may_share_a_connection() {
        String one = token();
        String other = tokenIn(auth(login("other", "clientIdcdeviceNameotherproductKeya1pk", "")));

        for (int i = 0; i < 3; i++) {
            assertThat(report(one, UPDATE, "x").body()).contains("\"code\":0");
            assertThat(report(other, "/topic/a1pk/other/user/update", "x").body())
                    .contains("\"code\":0");
            assertThat(report(other, UPDATE, "x").body()).contains("30001");
        }
    }

    @Test
    void faults_nobody_is_to_blame_for_have_codes_too() {
        assertThat(dialect.answer(HttpFault.TOO_MANY).body().text())
                .isEqualTo("{\"code\":40000,\"message\":\"request too many\"}");
        assertThat(dialect.answer(HttpFault.UNAVAILABLE).body().text())
                .isEqualTo("{\"code\":10000,\"message\":\"common error\"}");
        assertThat(dialect.answer(HttpFault.TOO_LARGE).body().text()).contains("10001");
    }

    // ---- the words of these tests ----

    private static LoginFault fault(Result result) {
        return Objects.requireNonNull(result.failure()).fault();
    }

    private String token() {
        return tokenIn(auth(login("dev1", "clientIdcdeviceNamedev1productKeya1pk", "")));
    }

    private static String tokenIn(Result login) {
        return login.body().replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
    }

    private static String login(String name, String signed, String more) {
        return "{\"clientId\":\"c\",\"sign\":\"" + Digests.hmac("HmacMD5", SECRET, signed)
                + "\",\"productKey\":\"a1pk\",\"deviceName\":\"" + name + "\"" + more + "}";
    }

    private Result auth(String body) {
        return post("/auth", JSON, body);
    }

    private Result report(String token, String path, String payload) {
        return report(connection, token, path, payload);
    }

    private Result report(HttpReader reader, String token, String path, String payload) {
        Map<String, String> headers = Map.of("content-type", "application/octet-stream", "password", token);
        return Post.of(clock, path, headers, payload).at(reader, platform.registry.directory());
    }

    private Result post(String path, Map<String, String> headers, String body) {
        return at(Post.of(clock, path, headers, body));
    }

    private Result at(Post post) {
        return post.at(connection, platform.registry.directory());
    }

    private void product(String key, AuthKind auth) {
        platform.products.create(
                new Products.Draft("Lamp " + key, key, null, null, auth, NodeType.DIRECT, DataFormat.JSON, false));
        platform.products.allowTopic(key, new TopicClass("user/update", Access.PUBLISH));
        platform.products.allowTopic(key, new TopicClass("user/get", Access.SUBSCRIBE));
    }

    private Device device(String product, String name) {
        return platform.devices.create(
                new Devices.Draft(new DeviceId(product, name), new Secret(SECRET), product.length() + name, null));
    }
}
