package io.berth.rule.mysql;

import static io.berth.rule.Outgoings.allowing;
import static io.berth.rule.Outgoings.json;
import static io.berth.rule.Outgoings.patience;
import static io.berth.rule.Outgoings.refusal;
import static io.berth.rule.Outgoings.retryReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.rule.Destination.Outcome;
import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Hidden;
import io.berth.rule.OutboundGate;
import io.berth.rule.UnfitException;
import io.berth.testing.MariaDbServer;
import io.berth.testing.Relay;
import io.berth.testing.TestIdentity;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(240)
final class MySqlDestinationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, String> COLUMNS = Map.of(
            "t", "temp", "n", "count", "ok", "ok", "at", "ts", "doc", "raw", "device", "event.device", "who`x", "who");

    @TempDir
    static Path directory;

    private static MariaDbServer server;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        server = MariaDbServer.start(directory);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        server.close();
    }

    @BeforeEach
    void create() throws Exception {
        query("DROP TABLE IF EXISTS `odd ``name`");
        query("""
                CREATE TABLE `odd ``name` (
                  id INT AUTO_INCREMENT PRIMARY KEY, t DOUBLE, n INT CHECK (n < 100), ok BOOLEAN, at DATETIME(3),
                  doc JSON, device VARCHAR(20), `who``x` VARCHAR(20) UNIQUE)""");
    }

    @Test
    void a_row_has_what_its_columns_ask_for_in_their_types() throws Exception {
        try (var destination = destination(server.port())) {
            assertThat(destination.send(json("""
                    {"temp":21.5,"count":7.0,"ok":true,"ts":1700000000123,"raw":{"a":[1,"ü"]},"who":"x'; DROP ü"}"""))).isEqualTo(Outcome.DONE);
            assertThat(destination.send(json("{\"temp\":3,\"ts\":\"2026-01-02T03:04:05+01:00\"}")))
                    .isEqualTo(Outcome.DONE);
        }

        assertThat(rows("t, n, ok, CAST(at AS CHAR), doc, device, `who``x`"))
                .containsExactly(
                        "21.5|7|1|2023-11-14 22:13:20.123|{\"a\":[1,\"ü\"]}|d1|x'; DROP ü",
                        "3.0|null|null|2026-01-02 02:04:05.000|null|d1|null");
    }

    @Test
    void a_row_the_table_refuses_is_refused_and_the_next_is_taken() throws Exception {
        try (var destination = destination(server.port())) {
            assertThat(refusal(destination.send(json("{\"count\":100}")))).contains("CONSTRAINT");
            assertThat(refusal(destination.send(json("{\"count\":\"many\"}")))).contains("Incorrect integer");
            assertThat(refusal(destination.send(json("{\"who\":\"far longer than the column\"}"))))
                    .contains("too long");
            assertThat(destination.send(json("{\"who\":\"same\"}"))).isEqualTo(Outcome.DONE);
            assertThat(refusal(destination.send(json("{\"who\":\"same\"}")))).contains("Duplicate");
            assertThat(destination.send(json("{\"who\":\"other\"}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void a_message_without_any_of_the_fields_is_unfit() {
        try (var destination = destination(Map.of("t", "temp"), "127.0.0.1", server.port(), null, allowing())) {
            assertThatThrownBy(() -> destination.send(json("{\"other\":1}"))).isInstanceOf(UnfitException.class);
        }
    }

    @Test
    void a_server_that_is_away_is_tried_again_until_it_is_back() throws Exception {
        try (var destination = destination(server.port())) {
            assertThat(destination.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);

            server.kill();
            assertThat(destination.send(json("{\"count\":2}"))).isInstanceOf(Outcome.Retry.class);
            assertThat(retryReason(destination.send(json("{\"count\":2}")))).contains("refused");

            server.restart();
            assertThat(destination.send(json("{\"count\":2}"))).isEqualTo(Outcome.DONE);
        }
        assertThat(rows("n")).containsExactly("1", "2");
    }

    @Test
    void a_server_that_hangs_costs_a_bounded_time() throws Exception {
        try (Relay relay = new Relay(server.port());
                var destination = new MySqlDestination(
                        config(COLUMNS, "127.0.0.1", relay.port(), null),
                        allowing("127.0.0.1"),
                        patience(Duration.ofSeconds(6)))) {
            relay.hold();

            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("did not answer within");
        }
    }

    @Test
    void a_table_that_is_missing_is_trouble_and_not_the_messages_fault() throws Exception {
        query("DROP TABLE `odd ``name`");
        try (var destination = destination(server.port())) {
            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("doesn't exist");
            create();
            assertThat(destination.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void a_wrong_password_is_said_and_not_shown() throws Exception {
        DestinationConfig.MySql config = new DestinationConfig.MySql(
                "127.0.0.1",
                server.port(),
                MariaDbServer.DATABASE,
                "t",
                Map.of("n", "count"),
                MariaDbServer.USER,
                new Hidden("wrong one"),
                false,
                null);
        try (var destination = new MySqlDestination(config, allowing("127.0.0.1"), patience(PATIENCE))) {
            assertThat(retryReason(destination.send(json("{\"count\":1}"))))
                    .contains("Access denied")
                    .doesNotContain("wrong one");
        }
    }

    @Test
    void the_gate_decides() throws Exception {
        try (var destination = destination(COLUMNS, "127.0.0.1", server.port(), null, allowing())) {
            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("rule.allow");
        }
    }

    @Test
    void tls_trusts_the_given_root_and_no_other() throws Exception {
        OutboundGate gate = allowing("127.0.0.1", "::1");
        try (var right = destination(COLUMNS, "localhost", server.port(), server.ca(), gate)) {
            assertThat(right.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);
        }
        String other = TestIdentity.create(directory.resolve("other")).ca();
        try (var wrong = destination(COLUMNS, "localhost", server.port(), other, gate)) {
            assertThat(retryReason(wrong.send(json("{\"count\":1}")))).contains("no trusted TLS connection");
        }
    }

    @Test
    void the_certificate_must_be_the_hosts() throws Exception {
        OutboundGate gate = allowing("127.0.0.1", "127.0.0.2");
        try (var wrong = destination(COLUMNS, "127.0.0.2", server.port(), server.ca(), gate)) {
            assertThat(retryReason(wrong.send(json("{\"count\":1}"))))
                    .contains("no trusted TLS connection", "127.0.0.2");
        }
        try (var right = destination(COLUMNS, "127.0.0.1", server.port(), server.ca(), gate)) {
            assertThat(right.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);
        }
    }

    private static MySqlDestination destination(int port) {
        return destination(COLUMNS, "127.0.0.1", port, null, allowing("127.0.0.1"));
    }

    private static MySqlDestination destination(
            Map<String, String> columns, String host, int port, @Nullable String ca, OutboundGate gate) {
        return new MySqlDestination(config(columns, host, port, ca), gate, patience(PATIENCE));
    }

    private static DestinationConfig.MySql config(
            Map<String, String> columns, String host, int port, @Nullable String ca) {
        return new DestinationConfig.MySql(
                host,
                port,
                MariaDbServer.DATABASE,
                "odd `name",
                columns,
                MariaDbServer.USER,
                new Hidden(MariaDbServer.PASSWORD),
                ca != null,
                ca);
    }

    private static List<String> rows(String columns) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Row row : query("SELECT " + columns + " FROM `odd ``name` ORDER BY id")) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(String.valueOf(row.getValue(i)));
            }
            rows.add(String.join("|", values));
        }
        return rows;
    }

    private static Iterable<Row> query(String sql) throws ExecutionException, InterruptedException {
        MySQLConnection connection = MySqlClient.result(MySQLConnection.connect(
                vertx,
                new MySQLConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(server.port())
                        .setDatabase(MariaDbServer.DATABASE)
                        .setUser(MariaDbServer.USER)
                        .setPassword(MariaDbServer.PASSWORD)));
        try {
            return MySqlClient.result(connection.query(sql).execute());
        } finally {
            connection.close();
        }
    }
}
