package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Devices of both vendors that report over HTTPS to a whole server. Each test has a device of its own.
@Tag("slow")
final class HttpsDevicesTest {
    private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String NEW_SECRET = "ffeeddccbbaa99887766554433221100";

    @TempDir
    static Path data;

    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Pump", "--key", "pump", "--huawei-id", "hw");
        operator.does("topic", "add", "pump", "user/update", "--allow", "pub");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_report_under_a_token_reaches_whoever_follows_the_product(Version version) {
        String name = "reporter" + version.name();
        create(name);
        try (Tail app = Tail.open(data, "product=pump&device=" + name);
                HttpsDevice device = HttpsDevice.of(berth.port("https"), data, version)) {
            String token = device.alibabaToken("pump", name, SECRET);

            HttpResponse<String> answer = device.alibabaReports(token, "/pump/" + name + "/user/update", "21 degrees");

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body())
                    .matches("\\{\"code\":0,\"message\":\"success\",\"info\":\\{\"messageId\":[0-9]{18,19}}}");
            assertThat(app.event().path("kind").stringValue()).isEqualTo("status");
            JsonNode told = app.event();
            assertThat(told.path("topic").stringValue()).isEqualTo("/pump/" + name + "/user/update");
            assertThat(told.path("payload").stringValue()).isEqualTo("21 degrees");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_device_of_the_other_vendor_reports_properties_and_messages(Version version) {
        String name = "other" + version.name();
        create(name);
        try (Tail app = Tail.open(data, "product=pump&device=" + name);
                HttpsDevice device = HttpsDevice.of(berth.port("https"), data, version)) {
            String token = device.huaweiToken("hw_" + name, SECRET);

            HttpResponse<String> answer = device.huaweiReports(
                    token,
                    "hw_" + name,
                    "properties/report",
                    "{\"services\":[{\"service_id\":\"a\",\"properties\":{\"b\":1}}]}");
            device.huaweiReports(token, "hw_" + name, "messages/up", "{\"content\":\"hello\"}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(app.event().path("kind").stringValue()).isEqualTo("status");
            assertThat(app.event().path("kind").stringValue()).isEqualTo("property");
            assertThat(app.event().path("payload").stringValue()).isEqualTo("{\"content\":\"hello\"}");
        }
    }

    @Test
    void a_device_is_online_for_a_while_after_its_last_report_and_each_change_is_told_once(@TempDir Path own) {
        try (RunningBerth shortly = RunningBerth.on(own, "presence.online-for=10s")) {
            Operator its = shortly.operator();
            its.does("product", "create", "Pump", "--key", "pump");
            its.does("topic", "add", "pump", "user/update", "--allow", "pub");
            its.does("device", "create", "pump", "visitor", "--secret", SECRET);
            try (Tail app = Tail.open(own, "product=pump&device=visitor");
                    HttpsDevice device = HttpsDevice.of(shortly.port("https"), own, Version.HTTP_1_1)) {
                String token = device.alibabaToken("pump", "visitor", SECRET);
                device.alibabaReports(token, "/pump/visitor/user/update", "1");
                device.alibabaReports(token, "/pump/visitor/user/update", "2");

                assertThat(its.does("device", "show", "pump", "visitor")
                                .path("status")
                                .stringValue())
                        .isEqualTo("online");
                assertThat(app.event().path("data").path("status").stringValue())
                        .isEqualTo("online");
                assertThat(app.event().path("payload").stringValue()).isEqualTo("1");
                assertThat(app.event().path("payload").stringValue()).isEqualTo("2");
                JsonNode gone = app.event();
                assertThat(gone.path("data").path("status").stringValue()).isEqualTo("offline");
                assertThat(gone.path("data").path("cause").stringValue()).isEqualTo("silent");
            }
        }
    }

    @Test
    void a_device_was_last_seen_at_its_last_report_while_it_is_online_and_after(@TempDir Path own) {
        try (RunningBerth shortly = RunningBerth.on(own, "presence.online-for=5s")) {
            Operator its = shortly.operator();
            its.does("product", "create", "Pump", "--key", "pump");
            its.does("topic", "add", "pump", "user/update", "--allow", "pub");
            its.does("device", "create", "pump", "visitor", "--secret", SECRET);
            Instant last;
            try (HttpsDevice device = HttpsDevice.of(shortly.port("https"), own, Version.HTTP_1_1)) {
                String token = device.alibabaToken("pump", "visitor", SECRET);
                device.alibabaReports(token, "/pump/visitor/user/update", "1");
                Instant first = await().until(() -> lastSeen(its), Objects::nonNull);
                last = await().until(
                                () -> {
                                    device.alibabaReports(token, "/pump/visitor/user/update", "2");
                                    return lastSeen(its);
                                },
                                seen -> seen != null && seen.isAfter(first));
            }
            await().until(() -> status(its).equals("offline"));
            await().until(() -> lastSeen(its), last::equals);
        }
    }

    private static String status(Operator its) {
        return its.does("device", "show", "pump", "visitor").path("status").stringValue();
    }

    /// To the millisecond, as it is kept.
    private static @Nullable Instant lastSeen(Operator its) {
        String time =
                its.does("device", "show", "pump", "visitor").path("lastSeen").asString("");
        return time.isEmpty() ? null : Instant.parse(time).truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void a_connection_takes_over_and_nobody_is_told_of_an_absence() {
        create("both");
        try (Tail app = Tail.open(data, "product=pump&device=both");
                HttpsDevice device = HttpsDevice.of(berth.port("https"), data, Version.HTTP_1_1)) {
            String token = device.alibabaToken("pump", "both", SECRET);
            device.alibabaReports(token, "/pump/both/user/update", "by visit");
            try (TestDevice connected = berth.alibaba("pump", "both", SECRET).connects()) {
                connected.publishes("/pump/both/user/update", "by connection");
                device.alibabaReports(token, "/pump/both/user/update", "by visit again");
                assertThat(connected.isConnected()).isTrue();
            }

            assertThat(app.event().path("data").path("status").stringValue()).isEqualTo("online");
            assertThat(app.event().path("payload").stringValue()).isEqualTo("by visit");
            assertThat(app.event().path("payload").stringValue()).isEqualTo("by connection");
            assertThat(app.event().path("payload").stringValue()).isEqualTo("by visit again");
            assertThat(app.event().path("data").path("status").stringValue()).isEqualTo("offline");
        }
    }

    @Test
    void a_token_dies_with_the_secret_rests_with_the_device_and_says_why_to_the_operator_only() {
        create("mortal");
        try (HttpsDevice device = HttpsDevice.of(berth.port("https"), data, Version.HTTP_1_1)) {
            String token = device.alibabaToken("pump", "mortal", SECRET);
            assertThat(HttpsDevice.code(device.alibabaReports(token, "/pump/mortal/user/update", "1")))
                    .isZero();

            operator.does("device", "disable", "pump", "mortal");
            assertThat(HttpsDevice.code(device.alibabaReports(token, "/pump/mortal/user/update", "2")))
                    .isEqualTo(20000);
            operator.does("device", "enable", "pump", "mortal");
            assertThat(HttpsDevice.code(device.alibabaReports(token, "/pump/mortal/user/update", "3")))
                    .isZero();
            operator.does("device", "reset", "pump", "mortal", "--secret", NEW_SECRET);
            HttpResponse<String> outdated = device.alibabaReports(token, "/pump/mortal/user/update", "4");

            assertThat(outdated.body()).isEqualTo("{\"code\":20003,\"message\":\"check token error\"}");
            await().untilAsserted(
                            () -> assertThat(explained("mortal").path("cause").stringValue(""))
                                    .contains("secret changed"));
            String next = device.alibabaToken("pump", "mortal", NEW_SECRET);
            assertThat(HttpsDevice.code(device.alibabaReports(next, "/pump/mortal/user/update", "5")))
                    .isZero();
        }
    }

    @Test
    void a_wrong_secret_is_explained() {
        create("guessed");
        try (HttpsDevice device = HttpsDevice.of(berth.port("https"), data, Version.HTTP_1_1)) {
            HttpResponse<String> answer = device.alibabaLogsIn("pump", "guessed", SECRET + " ");

            assertThat(answer.body()).isEqualTo("{\"code\":20000,\"message\":\"auth check error\"}");
            await().untilAsserted(
                            () -> assertThat(explained("guessed").path("fault").stringValue(""))
                                    .isEqualTo("wrong-signature"));
            assertThat(explained("guessed").path("channel").path("transport").stringValue())
                    .isEqualTo("https");
        }
    }

    @Test
    void a_token_outlives_a_restart() {
        create("lasting");
        String token;
        try (HttpsDevice device = HttpsDevice.of(berth.port("https"), data, Version.HTTP_1_1)) {
            token = device.alibabaToken("pump", "lasting", SECRET);
        }
        stop();
        startAgain();

        try (HttpsDevice device = HttpsDevice.of(berth.port("https"), data, Version.HTTP_1_1)) {
            assertThat(HttpsDevice.code(device.alibabaReports(token, "/pump/lasting/user/update", "still good")))
                    .isZero();
        }
    }

    private static void startAgain() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
    }

    @Test
    void in_clear_nobody_is_served_unless_a_setting_says_so() throws Exception {
        assertThat(curl("-s", "-o", "/dev/null", "-X", "POST", "http://localhost:" + berth.port("https") + "/auth"))
                .isNotZero();
    }

    @Test
    void curl_speaks_both_versions_and_large_bodies_that_wait_for_leave() throws Exception {
        create("curled");
        try (HttpsDevice device = HttpsDevice.of(berth.port("https"), data, Version.HTTP_1_1)) {
            String token = device.alibabaToken("pump", "curled", SECRET);
            String url = "https://localhost:" + berth.port("https") + "/topic/pump/curled/user/update";
            String large = "x".repeat(100_000);
            for (String version : new String[] {"--http1.1", "--http2", "--http1.0"}) {
                Process process = new ProcessBuilder(
                                "curl",
                                "-sk",
                                version,
                                "-H",
                                "Content-Type: application/octet-stream",
                                "-H",
                                "password: " + token,
                                "-H",
                                "Expect: 100-continue",
                                "--data-binary",
                                "@-",
                                url)
                        .start();
                process.getOutputStream().write(large.getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().close();
                String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

                assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
                assertThat(answer).as(version).startsWith("{\"code\":0,");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.0", "--http1.1", "--http2"})
    void a_get_that_opens_no_websocket_is_answered_as_a_request(String version) throws Exception {
        String url = "https://localhost:" + berth.port("https") + "/auth";
        Process process =
                new ProcessBuilder("curl", "-sk", version, "-w", "%{http_code}", "-o", "/dev/null", url).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("405");
    }

    private static int curl(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "curl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void create(String name) {
        operator.does("device", "create", "pump", name, "--secret", SECRET);
    }

    /// The newest refusal: nothing until there is one, which is noted when it was answered already.
    private static JsonNode explained(String name) {
        return operator.types("--json", "explain", "pump", name, "--limit", "1").lines().stream()
                .findFirst()
                .orElseGet(JsonNodeFactory.instance::missingNode);
    }
}
