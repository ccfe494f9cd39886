package io.berth.rule.postgresql;

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
import io.berth.rule.OutboundGate;
import io.berth.rule.UnfitException;
import io.berth.storage.PostgresServer;
import io.berth.testing.Relay;
import io.berth.testing.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class PostgreSqlDestinationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// With a server that says nothing.
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(4);

    private static final String TABLE = "odd \"name\"";
    private static final Map<String, String> COLUMNS = Map.of(
            "t",
            "temp",
            "n",
            "count",
            "ok",
            "ok",
            "at",
            "ts",
            "doc",
            "raw",
            "device",
            "event.device",
            "who \"x\"",
            "who");

    private final String url = PostgresServer.running().emptySchema();
    private final int port = URI.create(url.substring("jdbc:".length())).getPort();
    private final String schema = url.substring(url.indexOf("currentSchema=") + "currentSchema=".length());
    private final Relay relay = new Relay(port);

    @BeforeEach
    void create() throws SQLException {
        execute("""
                CREATE TABLE "odd ""name""\" (
                  t double precision, n integer CHECK (n < 100), ok boolean, at timestamptz, doc jsonb,
                  device text, "who ""x""\" text UNIQUE)""");
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void a_row_has_what_its_columns_ask_for_in_their_types() throws Exception {
        try (var destination = destination(port)) {
            assertThat(destination.send(json("""
                    {"temp":21.5,"count":7.0,"ok":true,"ts":1700000000123,"raw":{"a":[1,"ü"]},"who":"x'; DROP TABLE t"}"""))).isEqualTo(Outcome.DONE);
            assertThat(destination.send(json("{\"temp\":3,\"ts\":\"2026-01-02T03:04:05Z\"}")))
                    .isEqualTo(Outcome.DONE);
        }

        assertThat(rows("t, n, ok, extract(epoch from at)::text, doc::text, device, \"who \"\"x\"\"\""))
                .containsExactly(
                        "21.5|7|t|1700000000.123000|{\"a\": [1, \"ü\"]}|d1|x'; DROP TABLE t",
                        "3|null|null|1767323045.000000|null|d1|null");
    }

    @Test
    void a_row_the_table_refuses_is_refused_and_the_next_is_taken() throws Exception {
        try (var destination = destination(port)) {
            assertThat(refusal(destination.send(json("{\"count\":100}")))).contains("check constraint");
            assertThat(refusal(destination.send(json("{\"count\":\"many\"}")))).contains("invalid input syntax");
            assertThat(refusal(destination.send(json("{\"who\":\"a\\u0000b\"}"))))
                    .contains("0x00");
            assertThat(destination.send(json("{\"who\":\"same\"}"))).isEqualTo(Outcome.DONE);
            String twice = refusal(destination.send(json("{\"who\":\"same\"}")));
            assertThat(twice).contains("duplicate key").doesNotContain("same");
            assertThat(destination.send(json("{\"who\":\"other\"}"))).isEqualTo(Outcome.DONE);
            assertThat(sessions()).isEqualTo(1);
        }
    }

    @Test
    void a_message_without_any_of_the_fields_is_unfit() {
        try (var destination = destination(Map.of("t", "temp"), port)) {
            assertThatThrownBy(() -> destination.send(json("{\"other\":1}")))
                    .isInstanceOf(UnfitException.class)
                    .hasMessageContaining("none of the fields temp");
        }
    }

    @Test
    void a_server_that_is_away_is_tried_again_until_it_is_back() throws Exception {
        try (var destination = destination(relay.port())) {
            assertThat(destination.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);

            relay.cut();
            assertThat(destination.send(json("{\"count\":2}"))).isInstanceOf(Outcome.Retry.class);
            assertThat(retryReason(destination.send(json("{\"count\":2}")))).contains("refused");

            relay.mend();
            assertThat(destination.send(json("{\"count\":2}"))).isEqualTo(Outcome.DONE);
        }
        assertThat(rows("n")).containsExactly("1", "2");
    }

    @Test
    void a_server_that_hangs_costs_a_bounded_time() throws Exception {
        relay.hold();
        try (var destination = destination(COLUMNS, relay.port(), allowing("127.0.0.1"), LITTLE_PATIENCE)) {
            long start = System.nanoTime();

            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("did not answer");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_server_that_hangs_up_is_said() throws Exception {
        try (ServerSocket unwilling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var destination = destination(unwilling.getLocalPort())) {
            Thread.ofVirtual().start(() -> {
                try (Socket caller = unwilling.accept()) {
                    caller.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("ended the connection");
        }
    }

    @Test
    void a_table_that_is_missing_is_trouble_and_not_the_messages_fault() throws Exception {
        execute("DROP TABLE \"odd \"\"name\"\"\"");
        try (var destination = destination(port)) {
            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("does not exist");
            create();
            assertThat(destination.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void a_user_the_server_does_not_know_is_said() throws Exception {
        DestinationConfig.PostgreSql config = new DestinationConfig.PostgreSql(
                "127.0.0.1", port, "postgres", "t", Map.of("n", "count"), "nobody", new Hidden("secret"), false, null);
        try (var destination = new PostgreSqlDestination(config, allowing("127.0.0.1"), patience(PATIENCE))) {
            assertThat(retryReason(destination.send(json("{\"count\":1}"))))
                    .contains("role \"nobody\" does not exist")
                    .doesNotContain("secret");
        }
    }

    @Test
    void the_gate_decides() throws Exception {
        try (var destination = destination(COLUMNS, port, allowing())) {
            assertThat(retryReason(destination.send(json("{\"count\":1}")))).contains("rule.allow");
        }
    }

    @Test
    void tls_trusts_the_given_root_and_no_other(@TempDir Path directory) throws Exception {
        try (var right = secure(PostgresServer.running().ca())) {
            assertThat(right.send(json("{\"count\":1}"))).isEqualTo(Outcome.DONE);
        }
        try (var wrong = secure(TestIdentity.create(directory).ca())) {
            assertThat(retryReason(wrong.send(json("{\"count\":1}")))).contains("no trusted TLS connection");
        }
    }

    @Test
    void what_cannot_work_is_refused_at_once() {
        assertThatThrownBy(() -> destination(Map.of(), port)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> destination(Map.of("a", " "), port)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> destination(70_000)).isInstanceOf(ProblemException.class);
    }

    private PostgreSqlDestination destination(int to) {
        return destination(COLUMNS, to);
    }

    private PostgreSqlDestination destination(Map<String, String> columns, int to) {
        return destination(columns, to, allowing("127.0.0.1"));
    }

    private PostgreSqlDestination destination(Map<String, String> columns, int to, OutboundGate gate) {
        return destination(columns, to, gate, PATIENCE);
    }

    private PostgreSqlDestination destination(
            Map<String, String> columns, int to, OutboundGate gate, Duration patience) {
        return new PostgreSqlDestination(
                new DestinationConfig.PostgreSql(
                        "127.0.0.1",
                        to,
                        "postgres",
                        schema + "." + TABLE,
                        columns,
                        "berth",
                        new Hidden("unused"),
                        false,
                        null),
                gate,
                patience(patience));
    }

    private PostgreSqlDestination secure(String ca) {
        DestinationConfig.PostgreSql config = new DestinationConfig.PostgreSql(
                "127.0.0.1",
                port,
                "postgres",
                schema + "." + TABLE,
                Map.of("n", "count"),
                "berth",
                new Hidden("unused"),
                true,
                ca);
        return new PostgreSqlDestination(config, allowing("127.0.0.1"), patience(PATIENCE));
    }

    private int sessions() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'berth' AND query LIKE '%"
                                + schema + "%'")) {
            result.next();
            return result.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT " + columns + " FROM \"odd \"\"name\"\"\" ORDER BY ctid")) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }
}
