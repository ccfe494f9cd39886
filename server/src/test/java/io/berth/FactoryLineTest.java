package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.LineClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Devices get their identities while they are made: the station over HTTP, the operator at the command line.
@SuppressWarnings("NullAway.Init") // made before all tests
final class FactoryLineTest {
    private static final String ILLEGAL = "{\"code\":\"device.illegal\",\"message\":\"the device is illegal\"}";

    @TempDir
    static Path data;

    private static RunningBerth berth;
    private static Operator operator;
    private static LineClient station;
    private static String token;
    private static String key;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(
                data,
                "line.requests-per-device=1000",
                "line.requests-per-address=1000000",
                "line.grace=0s",
                "line.by-get=true",
                "line.answer-time=10ms");
        operator = berth.operator();
        operator.does("product", "create", "Pump", "--key", "pump");
        token = operator.does("line", "station", "add", "bench-1", "--network", "127.0.0.0/8")
                .get("secret")
                .asString();
        key = operator.does("line", "station", "add", "shared", "--proof", "key", "--network", "127.0.0.1,::1")
                .get("secret")
                .asString();
        station = new LineClient(berth.url(), "127.0.0.1");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    private static void batch(String name, String... words) {
        operator.does(IntStream.range(0, 6 + words.length)
                .mapToObj(i -> i < 6
                        ? List.of("line", "batch", "create", name, "--product", "pump")
                                .get(i)
                        : words[i - 6])
                .toArray(String[]::new));
    }

    private static void allow(String batch, String... ids) throws IOException {
        Path file = Files.writeString(data.resolve(batch + ".csv"), String.join("\n", ids));
        operator.does("line", "allow", batch, file.toString());
    }

    private static JsonNode unit(String id) {
        return operator.does("line", "show", id);
    }

    @Test
    void a_listed_id_becomes_a_device_once_and_an_unknown_one_never() throws IOException {
        batch("branches", "--quota", "10");
        allow("branches", "deviceId", "aa:bb:cc:00:00:01", "SN-0001");

        Answer illegal = station.asks(token, "AABBCC00FFFF");
        assertThat(illegal.status()).isEqualTo(404);
        assertThat(illegal.text()).isEqualTo(ILLEGAL);

        Answer first = station.asks(token, "AA-BB-CC-00-00-01");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().get("productKey").asString()).isEqualTo("pump");
        assertThat(first.json().get("deviceName").asString()).isEqualTo("AABBCC000001");
        assertThat(first.json().get("deviceSecret").asString()).matches("[0-9a-f]{32}");
        assertThat(first.json()).hasSize(3);

        assertThat(station.asks(token, "aabb.cc00.0001")).isEqualTo(first);
        assertThat(operator.does("line", "batch", "show", "branches")
                        .get("registered")
                        .asInt())
                .isOne();
        assertThat(unit("aabbcc000001").get("issues").asInt()).isEqualTo(2);
        assertThat(unit("sn-0001").get("state").asString()).isEqualTo("listed");
    }

    @Test
    void requests_at_the_same_time_give_one_registration_and_one_answer() throws Exception {
        batch("crowd", "--quota", "1");
        allow("crowd", "crowd-1");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = threads
                    .invokeAll(IntStream.range(0, 40)
                            .mapToObj(_ -> (java.util.concurrent.Callable<Answer>) () -> station.asks(token, "crowd-1"))
                            .toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
            assertThat(answers).extracting(Answer::status).containsOnly(200);
            assertThat(answers)
                    .extracting(Answer::text)
                    .containsOnly(answers.getFirst().text());
        }
        JsonNode batch = operator.does("line", "batch", "show", "crowd");
        assertThat(batch.get("taken").asInt()).isOne();
        assertThat(batch.get("registered").asInt()).isOne();
        assertThat(unit("CROWD-1").get("issues").asInt()).isEqualTo(40);
    }

    /// As a crash leaves it that comes between the registration and the note of it.
    @Test
    void a_device_that_was_registered_and_not_noted_is_handed_out() throws IOException {
        batch("crash", "--quota", "1");
        allow("crash", "crash-1");
        operator.does("device", "create", "pump", "CRASH-1", "--secret", "kept-secret");

        assertThat(station.asks(token, "crash-1").json().get("deviceSecret").asString())
                .isEqualTo("kept-secret");
        assertThat(unit("crash-1").get("device").asString()).isEqualTo("CRASH-1");
    }

    @Test
    void who_is_no_station_hears_nothing_and_the_operator_why() throws IOException {
        batch("proofs", "--quota", "1");
        allow("proofs", "proof-1");
        String elsewhere = operator.does("line", "station", "add", "far", "--network", "10.0.0.0/8")
                .get("secret")
                .asString();
        String other = operator.does("line", "station", "add", "other", "--network", "127.0.0.1", "--product", "valve")
                .get("secret")
                .asString();

        for (String wrong : List.of("", "bench-1.x", "nobody.x", "shared." + key, "x", elsewhere)) {
            Answer answer = station.asks(wrong, "proof-1");
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.text()).isEqualTo(station.asks("", "PROOF-2").text());
        }
        assertThat(station.asks(other, "proof-1").text()).isEqualTo(ILLEGAL);
        assertThat(operator.types("--json", "explain", "--unit", "PROOF-1", "--limit", "20")
                        .lines())
                .extracting(refusal -> refusal.get("fault").asString())
                .containsExactly(
                        "not-entitled",
                        "not-entitled",
                        "missing-parameter",
                        "unknown-caller",
                        "unknown-caller",
                        "wrong-signature",
                        "missing-parameter");

        operator.types("line", "station", "remove", "other", "--yes");
        assertThat(station.asks(other, "proof-1").status()).isEqualTo(401);
    }

    @Test
    void a_signed_request_counts_once_and_for_what_it_was_signed() throws IOException {
        batch("signed", "--quota", "1");
        allow("signed", "signed-1");
        long now = System.currentTimeMillis();
        String path = "/cert/v1/device";

        ObjectNode good = LineClient.signed("shared", key, "issue", "signed-1", "nonce-0001", now);
        assertThat(station.sends("/cert/v1/confirmation", good).status()).isEqualTo(401);
        assertThat(station.sends(path, good).status()).isEqualTo(200);
        assertThat(station.sends(path, good).status()).isEqualTo(401);

        long old = now - 600_000;
        for (ObjectNode wrong : List.of(
                LineClient.signed("shared", key, "issue", "signed-1", "nonce-0002", old),
                LineClient.signed("shared", key, "issue", "signed-1", "nonce-0003", Long.MIN_VALUE),
                LineClient.signed("shared", "wrong", "issue", "signed-1", "nonce-0004", now),
                LineClient.signed("bench-1", token.substring(8), "issue", "signed-1", "nonce-0005", now),
                LineClient.signed("shared", key, "issue", "signed-1", "n", now),
                LineClient.signed("shared", key, "issue", "signed-1", "nonce-0006", now)
                        .put("deviceId", "signed-2"))) {
            assertThat(station.sends(path, wrong).status()).as(wrong.toString()).isEqualTo(401);
        }
        assertThat(new LineClient(berth.url(), "127.0.0.2")
                        .sends(path, LineClient.signed("shared", key, "issue", "signed-1", "nonce-0007", now))
                        .status())
                .isEqualTo(401);
        assertThat(station.sends(
                                "/cert/v1/confirmation",
                                LineClient.signed("shared", key, "confirm", "signed-1", "nonce-0008", now))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void firmware_that_knows_get_only_asks_by_the_address() throws IOException {
        batch("get", "--quota", "2", "--once");
        allow("get", "get-1", "get-2");
        String path = "/cert/v1/device?deviceId=get-1";

        assertThat(station.gets(path, "").status()).isEqualTo(401);
        assertThat(station.gets(path, "bench-1.x").status()).isEqualTo(401);
        assertThat(station.gets("/cert/v1/device?deviceId=get-9", token).text()).isEqualTo(ILLEGAL);
        assertThat(station.send(HttpRequest.newBuilder(URI.create(berth.url() + path))
                                .header("Authorization", "Bearer " + token)
                                .HEAD())
                        .text())
                .isEmpty();

        Answer given = station.gets(path, token); // which the HEAD did not use up
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.json().get("deviceName").asString()).isEqualTo("GET-1");
        assertThat(station.gets(path, token).text()).isEqualTo(ILLEGAL);

        ObjectNode signed =
                LineClient.signed("shared", key, "issue", "get-2", "nonce-get-1", System.currentTimeMillis());
        String query = signed.properties().stream()
                .map(member -> member.getKey() + "=" + member.getValue().asString())
                .collect(Collectors.joining("&", "/cert/v1/device?", ""));
        assertThat(station.gets(query, "").status()).isEqualTo(200);
        assertThat(station.gets(query, "").status()).isEqualTo(401);
    }

    @Test
    void what_an_address_must_not_carry_is_refused() {
        for (String query :
                List.of("", "?deviceId=a&deviceId=b", "?deviceId=a&token=" + token, "?deviceId=a&timestamp=x")) {
            assertThat(station.gets("/cert/v1/device" + query, "").code())
                    .as(query)
                    .isEqualTo("request.malformed");
        }
        assertThat(station.gets("/cert/v1/confirmation?deviceId=a", token).status())
                .isEqualTo(405);
    }

    @Test
    void one_id_that_asks_from_two_places_raises_an_alarm() throws IOException {
        batch("places", "--quota", "1");
        allow("places", "places-1");
        Answer here = station.asks(token, "places-1");
        assertThat(here.status()).isEqualTo(200);
        assertThat(new LineClient(berth.url(), "127.0.0.2").asks(token, "places-1"))
                .isEqualTo(here);

        JsonNode alarm = operator.does("alarm", "show", "line:two-places:PLACES-1");
        assertThat(alarm.get("text").asString()).contains("127.0.0.1", "127.0.0.2", "pump/PLACES-1");
        operator.does("line", "reissue", "places-1");
        assertThat(operator.does("alarm", "show", "line:two-places:PLACES-1")
                        .get("state")
                        .asString())
                .isEqualTo("cleared");
    }

    @Test
    void a_batch_makes_no_more_than_its_quota_and_nothing_when_closed() throws IOException {
        batch("few", "--quota", "2");
        allow("few", "few-1", "few-2", "few-3");
        assertThat(station.asks(token, "few-1").status()).isEqualTo(200);
        assertThat(station.asks(token, "few-2").status()).isEqualTo(200);
        assertThat(station.asks(token, "few-3").text()).isEqualTo(ILLEGAL);
        assertThat(station.asks(token, "few-1").status()).isEqualTo(200);

        operator.does("line", "batch", "close", "few");
        assertThat(station.asks(token, "few-1").text()).isEqualTo(ILLEGAL);
        assertThat(operator.isRefused(
                        "line", "allow", "few", data.resolve("few.csv").toString()))
                .contains("closed");
    }

    @Test
    void a_batch_may_hand_out_once_until_an_operator_opens_the_unit_again() throws IOException {
        batch("once", "--quota", "1", "--once");
        allow("once", "once-1");
        Answer first = station.asks(token, "once-1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(station.asks(token, "once-1").text()).isEqualTo(ILLEGAL);

        operator.does("line", "reissue", "once-1", "--rotate");
        Answer second = station.asks(token, "once-1");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isNotEqualTo(first.text());
        assertThat(station.asks(token, "once-1").text()).isEqualTo(ILLEGAL);
    }

    @Test
    void a_burned_device_is_confirmed_once_and_its_secret_stays_in() throws IOException {
        batch("burn", "--quota", "1");
        allow("burn", "burn-1");
        assertThat(station.confirms(token, "burn-1").text()).isEqualTo(ILLEGAL);
        station.asks(token, "burn-1");
        assertThat(station.confirms(token, "burn-1").status()).isEqualTo(204);
        assertThat(station.confirms(token, "burn-1").status()).isEqualTo(204);

        assertThat(new LineClient(berth.url(), "127.0.0.2")
                        .confirms(token, "burn-1")
                        .text())
                .isEqualTo(ILLEGAL);
        assertThat(operator.does("alarm", "show", "line:burned-twice:BURN-1")
                        .get("severity")
                        .asString())
                .isEqualTo("critical");
        assertThat(station.asks(token, "burn-1").text()).isEqualTo(ILLEGAL);
        assertThat(operator.does("alarm", "show", "line:late:BURN-1")
                        .get("state")
                        .asString())
                .isEqualTo("active");
    }

    @Test
    void a_device_that_logs_in_proves_its_identity_and_the_report_says_so() throws IOException {
        batch("dry", "--quota", "5");
        allow("dry", "dry-1", "dry-2");
        JsonNode identity = station.asks(token, "dry-1").json();
        try (TestDevice device =
                berth.alibaba("pump", "DRY-1", identity.get("deviceSecret").asString())) {
            device.connects();
            await().until(() -> unit("dry-1").get("state").asString().equals("activated"));
        }
        assertThat(station.asks(token, "dry-1").text()).isEqualTo(ILLEGAL);

        assertThat(operator.types("line", "report", "dry").out())
                .contains("Report of batch dry", "quota", "DRY-1", "activated", "bench-1", "127.0.0.1", "DRY-2");
        List<String> csv =
                operator.types("line", "report", "dry", "--csv").out().lines().toList();
        assertThat(csv).hasSize(3);
        assertThat(csv.get(0)).startsWith("deviceId,state,productKey,deviceName,registerTime");
        assertThat(csv.get(1)).startsWith("DRY-1,activated,pump,DRY-1,20");
        assertThat(csv.get(2)).isEqualTo("DRY-2,listed,pump,,,,,,,,,,0");
        List<JsonNode> json = operator.types("--json", "line", "report", "dry").lines();
        assertThat(json.getFirst().get("proven").asInt()).isOne();
        assertThat(json).hasSize(3);
        assertThat(operator.types("line", "report", "dry").out())
                .doesNotContain(identity.get("deviceSecret").asString());
    }

    @Test
    void blocked_ids_are_answered_like_illegal_ones() throws IOException {
        batch("blocked", "--quota", "2");
        allow("blocked", "blocked-1", "blocked-2");
        operator.does("line", "block", "blocked-1");
        assertThat(station.asks(token, "blocked-1").text()).isEqualTo(ILLEGAL);
        operator.does("line", "unblock", "blocked-1");
        assertThat(station.asks(token, "blocked-1").status()).isEqualTo(200);

        operator.does("device", "disable", "pump", "BLOCKED-1");
        assertThat(station.asks(token, "blocked-1").text()).isEqualTo(ILLEGAL);
        operator.types("device", "delete", "pump", "BLOCKED-1", "--yes");
        assertThat(station.asks(token, "blocked-1").text()).isEqualTo(ILLEGAL);
        operator.does("line", "reissue", "blocked-1");
        assertThat(station.asks(token, "blocked-1").status()).isEqualTo(200);
        assertThat(operator.does("line", "batch", "show", "blocked")
                        .get("taken")
                        .asInt())
                .isOne();
    }

    @Test
    void a_product_that_is_gone_makes_no_devices() throws IOException {
        operator.does("product", "create", "Valve", "--key", "valve");
        operator.does("line", "batch", "create", "orphans", "--product", "valve", "--quota", "1");
        allow("orphans", "orphan-1");
        operator.types("product", "delete", "valve", "--yes");
        assertThat(station.asks(token, "orphan-1").text()).isEqualTo(ILLEGAL);
        assertThat(operator.types("explain", "--unit", "ORPHAN-1").out()).contains("its product is deleted");
    }

    @Test
    void bad_lines_of_a_list_are_told_and_the_others_count() throws IOException {
        batch("list-a", "--quota", "5");
        batch("list-b", "--quota", "5");
        allow("list-a", "taken-1");
        Path file = Files.writeString(data.resolve("bad.csv"), """
                MAC,note
                list-1,first
                a b
                ..
                taken-1
                "open
                list-1
                %s
                """.formatted("x".repeat(65)));

        Operator.Answer answer = operator.types("line", "allow", "list-b", file.toString());
        assertThat(answer.code()).isOne();
        assertThat(answer.out()).contains("7 lines: 1 listed, 1 unchanged, 5 refused");
        assertThat(answer.err()).contains("bad.csv:3", "bad.csv:4", "bad.csv:5  TAKEN-1 is in another batch");
        assertThat(operator.isRefused("line", "allow", "no-such", file.toString()))
                .contains("no-such");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"deviceId\":7}",
                "{\"deviceId\":null}",
                "{\"deviceId\":\"SN-0001\",\"more\":1}",
                "{\"deviceId\":\"SN-0001\"} {}"
            })
    void bodies_that_are_no_request_are_refused(String body) {
        assertThat(station.posts("/cert/v1/device", token, body).code()).isEqualTo("request.malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "../../etc/passwd", "a/b", "abc", "%2e%2e%2f", "' OR 1=1 --", "设备-0001", "AABB CC00"})
    void garbage_for_an_id_is_an_illegal_device(String id) {
        assertThat(station.asks(token, id).text()).isEqualTo(ILLEGAL);
        assertThat(station.asks(token, id + "\u0000\n").text()).isEqualTo(ILLEGAL);
    }

    @Test
    void what_is_too_large_or_asked_otherwise_is_refused() {
        assertThat(station.asks(token, "x".repeat(5_000)).code()).isEqualTo("request.too-large");
        assertThat(station.posts("/cert/v1/device", token, "[".repeat(4_000)).status())
                .isEqualTo(400);
        assertThat(station.posts("/cert/v1/../v1/device", token, "{}").status()).isIn(400, 404);
        assertThat(station.asks("bench-1." + "x".repeat(2_000), "SN-0001").status())
                .isEqualTo(401);
    }

    @Test
    void what_a_proxy_passes_on_in_clear_is_refused() throws IOException {
        batch("clear", "--quota", "1");
        allow("clear", "clear-1");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(berth.url() + "/cert/v1/device"))
                .header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", "192.0.2.1")
                .POST(BodyPublishers.ofString("{\"deviceId\":\"clear-1\"}"));
        assertThat(station.send(request).status()).isEqualTo(401);
        assertThat(operator.types("explain", "--unit", "CLEAR-1").out()).contains("line.tls-only");
    }

    @Test
    void curl_fetches_an_identity_and_every_issue_is_in_the_audit() throws Exception {
        batch("curl", "--quota", "1");
        allow("curl", "curl-1");
        Process curl = new ProcessBuilder(
                        "curl",
                        "-s",
                        "-H",
                        "Authorization: Bearer " + token,
                        "-d",
                        "{\"deviceId\":\"curl-1\"}",
                        berth.url() + "/cert/v1/device")
                .start();
        String out = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).isZero();
        assertThat(out).contains("\"deviceName\":\"CURL-1\"");

        List<JsonNode> audit =
                operator.types("--json", "audit", "--target", "CURL-1").lines();
        assertThat(audit).hasSize(1);
        assertThat(audit.getFirst().get("caller").asString()).isEqualTo("station bench-1");
        assertThat(audit.getFirst().get("address").asString()).isEqualTo("127.0.0.1");
        assertThat(audit.toString()).doesNotContain(token.substring(8));
    }
}
