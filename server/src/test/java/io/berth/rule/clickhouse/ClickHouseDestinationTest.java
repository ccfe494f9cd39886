package io.berth.rule.clickhouse;

import static io.berth.rule.Outgoings.allowing;
import static io.berth.rule.Outgoings.json;
import static io.berth.rule.Outgoings.patience;
import static io.berth.rule.Outgoings.refusal;
import static io.berth.rule.Outgoings.retryReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Hidden;
import io.berth.rule.http.OddServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.URIBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
final class ClickHouseDestinationTest {
    private static final Map<String, String> COLUMNS =
            Map.of("t", "temp", "a`b\\c", "text", "at", "event.time", "doc", "raw", "none", "missing");

    @Test
    void a_row_is_a_json_object_for_a_quoted_table() throws Exception {
        try (OddServer server = new OddServer(OddServer.status(200, ""));
                var destination = destination(server.url(""), COLUMNS, "127.0.0.1")) {
            assertThat(destination.send(json("{\"temp\":21.5,\"text\":\"x'\\n`; DROP\",\"raw\":{\"a\":[1]}}")))
                    .isEqualTo(Outcome.DONE);

            OddServer.Request request = server.requests.getFirst();
            assertThat(request.line()).startsWith("POST /?query=");
            Map<String, String> query = new URIBuilder(request.line().split(" ")[1])
                    .getQueryParams().stream()
                            .collect(Collectors.toMap(NameValuePair::getName, NameValuePair::getValue));
            assertThat(query)
                    .containsEntry(
                            "query",
                            "INSERT INTO `my db`.`ta\\`ble` (`a\\`b\\\\c`, `at`, `doc`, `none`, `t`) FORMAT JSONEachRow")
                    .containsEntry("async_insert", "1")
                    .containsEntry("wait_for_async_insert", "1");
            JsonNode row = JsonMapper.shared().readTree(request.body());
            assertThat(row.get("t").doubleValue()).isEqualTo(21.5);
            assertThat(row.get("a`b\\c").stringValue()).isEqualTo("x'\n`; DROP");
            assertThat(row.get("doc").toString()).isEqualTo("{\"a\":[1]}");
            assertThat(row.get("at").isIntegralNumber()).isTrue();
            assertThat(row.get("none").isNull()).isTrue();
            assertThat(request.body()).doesNotContain("\n");
            assertThat(request.headers())
                    .containsEntry(
                            "authorization",
                            "Basic " + Base64.getEncoder().encodeToString("me:pass".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void a_row_it_cannot_read_is_refused_and_a_missing_table_is_trouble() throws Exception {
        try (OddServer server = new OddServer(OddServer.status(400, "Code: 27. DB::Exception: Cannot parse input"));
                var destination = destination(server.url(""), COLUMNS, "127.0.0.1")) {
            assertThat(refusal(destination.send(json("{\"temp\":1}")))).contains("Cannot parse input");
        }
        try (OddServer server = new OddServer(OddServer.status(404, "Code: 60. DB::Exception: Unknown table"));
                var destination = destination(server.url(""), COLUMNS, "127.0.0.1")) {
            assertThat(retryReason(destination.send(json("{\"temp\":1}")))).contains("Unknown table");
        }
    }

    @Test
    void a_server_that_hangs_costs_a_bounded_time() throws Exception {
        var over = new java.util.concurrent.CountDownLatch(1);
        try (OddServer server = new OddServer((_, _) -> over.await());
                var destination = new ClickHouseDestination(
                        config(server.url(""), COLUMNS), allowing("127.0.0.1"), patience(Duration.ofSeconds(2)))) {
            assertThat(retryReason(destination.send(json("{\"temp\":1}")))).contains("did not answer within");
            over.countDown();
        }
    }

    @Test
    void the_gate_decides() throws Exception {
        try (OddServer server = new OddServer(OddServer.status(200, ""));
                var destination = destination(server.url(""), COLUMNS, "192.168.0.1")) {
            assertThat(retryReason(destination.send(json("{\"temp\":1}")))).contains("rule.allow");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void what_cannot_work_is_refused_at_once() {
        assertThatThrownBy(() -> destination("http://h", Map.of(), "127.0.0.1")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> destination("h:8123", COLUMNS, "127.0.0.1")).isInstanceOf(ProblemException.class);
    }

    private static ClickHouseDestination destination(String url, Map<String, String> columns, String allowed) {
        return new ClickHouseDestination(config(url, columns), allowing(allowed), patience(Duration.ofSeconds(30)));
    }

    private static DestinationConfig.ClickHouse config(String url, Map<String, String> columns) {
        return new DestinationConfig.ClickHouse(url, "my db", "ta`ble", columns, "me", new Hidden("pass"), null);
    }
}
