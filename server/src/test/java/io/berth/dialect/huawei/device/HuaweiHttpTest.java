package io.berth.dialect.huawei.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
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
import io.berth.core.state.Facts;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.HttpReading;
import io.berth.dialect.Post;
import io.berth.dialect.Post.Result;
import io.berth.testing.MemoryNotes;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HuaweiHttpTest {
    /// Spec huawei-iotda 2.1: the vector of the secret `12345678` and the hour 2024010203.
    private static final String PASSWORD = "2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64";

    private static final String PROPERTIES = "/v5/devices/dev_001/sys/properties/report";
    private static final String REPORT = "{\"services\":[{\"service_id\":\"s\",\"properties\":{\"a\":1}}]}";

    private static final String CHILDREN = "/v5/devices/dev_001/sys/gateway/sub-devices/properties/report";

    private final TestClock clock = new TestClock();
    private final TestPlatform platform = new TestPlatform(clock);
    private final HuaweiHttp dialect = dialect();
    private final HttpReader connection = dialect.open();

    private HuaweiHttp dialect() {
        Duration lifetime = Duration.ofDays(1);
        DeviceTokens tokens = new DeviceTokens(
                Payload.of("key"),
                "https",
                lifetime,
                new Renewals.Ending(Duration.ofSeconds(30), lifetime, new MemoryNotes(10, clock), clock),
                platform.registry.devices(),
                platform.registry.directory(),
                clock);
        return new HuaweiHttp(platform.services(platform.registry.directory()), tokens);
    }

    @BeforeEach
    void devices() {
        platform.products.create(new Products.Draft(
                "Room", "room", null, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false));
        device("d1", "dev_001");
        device("d2", "dev_002");
    }

    @Test
    void a_login_brings_a_token_and_says_how_long_it_is_good() {
        assertThat(login("dev_001", "0", PASSWORD).body())
                .matches("\\{\"access_token\":\"[A-Za-z0-9_-]{50,192}\",\"expires_in\":86400}");
    }

    @Test
    void the_hour_may_come_as_a_text_or_as_a_number() {
        assertThat(post("/v5/device-auth", Map.of(), """
                {"device_id":"dev_001","sign_type":"0","timestamp":2024010203,"password":"%s"}""".formatted(PASSWORD))
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "dev_001, 1, 2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64, CLOCK_SKEW",
        "dev_001, 0, 2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b65, WRONG_SIGNATURE",
        "nobody,  0, 2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64, UNKNOWN_DEVICE",
        "dev_001, 7, 2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64, MALFORMED_CLIENT_ID",
        "a b,     0, 2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64, MALFORMED_CLIENT_ID",
    })
    void every_refused_login_hears_the_same_and_the_operator_does_not(
            String id, String sign, String password, LoginFault fault) {
        Result login = login(id, sign, password);

        assertThat(login.answer().status()).isEqualTo(401);
        assertThat(login.body())
                .isEqualTo("{\"error_code\":\"APIGW.0301\",\"error_msg\":\"The device is not authenticated.\"}");
        assertThat(Objects.requireNonNull(login.failure()).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7"})
    void the_operator_reads_what_a_login_said_and_nothing_it_did_not(String sign) {
        HttpReading read = connection.read(Post.of(clock, "/v5/device-auth", Map.of(), """
                {"device_id":"dev_001","sign_type":%s,"timestamp":"2024010203","password":"x"}""".formatted(sign)));

        Map<String, String> fields = switch (read) {
            case HttpReading.Claim claim -> claim.fields();
            case HttpReading.Refused refused -> refused.fields();
            default -> Map.of();
        };
        assertThat(fields)
                .containsExactly(
                        entry("device_id", "dev_001"),
                        entry("sign_type", sign),
                        entry("timestamp", "2024010203"),
                        entry("connection", "encrypted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "\"x\""})
    void a_login_that_is_no_object_is_malformed(String body) {
        Result login = post("/v5/device-auth", Map.of(), body);

        assertThat(login.answer().status()).isEqualTo(400);
        assertThat(login.body()).contains("IOTDA.000008");
    }

    @Test
    void properties_are_reported_as_on_the_topic() {
        Result report = report(token(), PROPERTIES, REPORT);

        assertThat(report.answer().status()).isEqualTo(200);
        assertThat(report.body()).isEmpty();
        assertThat(report.uplink()).isInstanceOf(Uplink.PropertyReport.class);
        assertThat(Objects.requireNonNull(report.uplink()).topic())
                .isEqualTo("$oc/devices/dev_001/sys/properties/report");
    }

    @Test
    void a_gateway_reports_for_the_devices_behind_it_alone() {
        device("child", "dev_child");
        platform.belongings.topology.link(new DeviceId("room", "d1"), List.of(new DeviceId("room", "child")), 10);

        Result report = report(token(), CHILDREN, ofChild("dev_child"));
        Result foreign = report(token(), CHILDREN, ofChild("dev_002"));

        assertThat(report.answer().status()).isEqualTo(200);
        assertThat(((Uplink.Pack) Objects.requireNonNull(report.uplink())).parts())
                .extracting(Facts::device)
                .containsExactly(new DeviceId("room", "child"));
        assertThat(foreign.answer().status()).isEqualTo(400);
    }

    @Test
    void an_id_may_be_encoded_in_the_path() {
        assertThat(report(token(), "/v5/devices/dev%5F001/sys/properties/report", REPORT)
                        .answer()
                        .status())
                .isEqualTo(200);
        assertThat(report(token(), "/v5/devices/dev%5/sys/properties/report", REPORT)
                        .answer()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void messages_go_up_as_on_the_topic() {
        Result report = report(token(), "/v5/devices/dev_001/sys/messages/up", "{\"content\":\"x\"}");

        assertThat(report.answer().status()).isEqualTo(200);
        assertThat(report.uplink()).isInstanceOf(Uplink.Message.class);
    }

    @Test
    void a_report_that_cannot_be_read_is_invalid() {
        assertThat(report(token(), PROPERTIES, "{").answer().status()).isEqualTo(400);
        assertThat(report(token(), PROPERTIES, "{}").body()).contains("IOTDA.000006");
        assertThat(report(token(), CHILDREN, "{}").answer().status()).isEqualTo(400);
    }

    @Test
    void a_token_opens_its_own_devices_paths_only() {
        Result report = report(token(), "/v5/devices/dev_002/sys/properties/report", REPORT);

        assertThat(report.answer().status()).isEqualTo(403);
        assertThat(report.uplink()).isNull();
    }

    @Test
    void a_missing_forged_expired_or_outdated_token_is_not_authentic() {
        String token = token();

        assertThat(post(PROPERTIES, Map.of(), REPORT).answer().status()).isEqualTo(401);
        assertThat(report("forged", PROPERTIES, REPORT).answer().status()).isEqualTo(401);
        platform.devices.changeSecret(new DeviceId("room", "d1"), new Secret("new"), true);
        assertThat(report(token, PROPERTIES, REPORT).answer().status()).isEqualTo(401);
        String next = token();
        assertThat(report(next, PROPERTIES, REPORT).answer().status()).isEqualTo(200);
        clock.advance(Duration.ofDays(1));
        Result expired = report(next, PROPERTIES, REPORT);
        assertThat(expired.body()).contains("APIGW.0301");
        assertThat(Objects.requireNonNull(expired.failure()).fault()).isEqualTo(LoginFault.TOKEN_EXPIRED);
    }

    @Test
    void after_a_renewal_the_older_token_lives_half_a_minute_more() {
        String older = token();
        assertThat(report(older, PROPERTIES, REPORT).answer().status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        String newer = token();

        clock.advance(Duration.ofSeconds(29));
        assertThat(report(older, PROPERTIES, REPORT).answer().status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));

        assertThat(report(older, PROPERTIES, REPORT).answer().status()).isEqualTo(401);
        assertThat(report(newer, PROPERTIES, REPORT).answer().status()).isEqualTo(200);
    }

    @Test
    void there_is_nothing_elsewhere() {
        assertThat(report(token(), "/v5/devices/dev_001/sys/events/up", "{}")
                        .answer()
                        .status())
                .isEqualTo(404);
        assertThat(Post.of(clock, PROPERTIES, Map.of(), "")
                        .by("PUT")
                        .at(connection, platform.registry.directory())
                        .answer()
                        .status())
                .isEqualTo(405);
    }

    @Test
    void faults_nobody_is_to_blame_for_have_statuses() {
        assertThat(dialect.answer(HttpFault.TOO_LARGE).status()).isEqualTo(413);
        assertThat(dialect.answer(HttpFault.TOO_MANY).status()).isEqualTo(429);
        assertThat(dialect.answer(HttpFault.UNAVAILABLE).status()).isEqualTo(503);
        assertThat(dialect.answer(HttpFault.INTERNAL).status()).isEqualTo(500);
    }

    // ---- the words of these tests ----

    private void device(String name, String alias) {
        platform.devices.create(new Devices.Draft(new DeviceId("room", name), new Secret("12345678"), alias, null));
    }

    private Result login(String id, String sign, String password) {
        return post("/v5/device-auth", Map.of(), """
                {"device_id":"%s","sign_type":%s,"timestamp":"2024010203","password":"%s"}""".formatted(id, sign, password));
    }

    private String token() {
        return login("dev_001", "0", PASSWORD).body().replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    private Result report(String token, String path, String body) {
        return post(path, Map.of("access_token", token), body);
    }

    private static String ofChild(String id) {
        return """
                {"devices":[{"device_id":"%s","services":[{"service_id":"s","properties":{"a":1}}]}]}""".formatted(id);
    }

    private Result post(String path, Map<String, String> headers, String body) {
        return Post.of(clock, path, headers, body).at(connection, platform.registry.directory());
    }
}
