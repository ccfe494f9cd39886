package io.berth.rule.influxdb;

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
import io.berth.rule.Outgoing;
import io.berth.rule.UnfitException;
import io.berth.rule.http.OddServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.net.URIBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class InfluxDbDestinationTest {
    private static final Map<String, String> TAGS = Map.of("room", "${room}", "device", "${event.device}");
    private static final Map<String, String> FIELDS =
            Map.of("t", "t", "ok", "ok", "say", "say", "doc", "doc", "no", "no");

    @Test
    void version_2_is_written_to_by_organisation_bucket_and_token() throws Exception {
        try (OddServer server = new OddServer(OddServer.status(204, ""));
                var destination = destination(config(server.url(""), "my org", new Hidden("tok=="), null, null))) {
            Outgoing message =
                    json("{\"room\":\"a b\",\"t\":21,\"ok\":true,\"say\":\"\\\"hi\\\", x=1\",\"doc\":{\"a\":[1]}}");
            assertThat(destination.send(message)).isEqualTo(Outcome.DONE);

            OddServer.Request request = server.requests.getFirst();
            String[] line = request.line().split(" ");
            URIBuilder target = new URIBuilder(line[1]);
            assertThat(line[0]).isEqualTo("POST");
            assertThat(target.getPath()).isEqualTo("/api/v2/write");
            assertThat(target.getQueryParams())
                    .extracting(Object::toString)
                    .containsExactly("org=my org", "bucket=the bucket&x", "precision=ms");
            assertThat(request.headers()).containsEntry("authorization", "Token tok==");
            LineProtocol point = LineProtocol.parse(request.body());
            assertThat(point.measurement()).isEqualTo("climate of pk");
            assertThat(point.tags()).containsExactly(Map.entry("device", "d1"), Map.entry("room", "a b"));
            assertThat(point.fields())
                    .isEqualTo(Map.of("t", "21.0", "ok", "true", "say", "\"hi\", x=1", "doc", "{\"a\":[1]}"));
            assertThat(point.time())
                    .isEqualTo(Long.toString(message.event().time().toEpochMilli()));
        }
    }

    @Test
    void version_1_is_written_to_by_database_and_user() throws Exception {
        try (OddServer server = new OddServer(OddServer.status(204, ""));
                var destination = destination(config(server.url("/"), null, null, "me", new Hidden("pass")))) {
            assertThat(destination.send(json("{\"room\":\"a\",\"t\":-1.5}"))).isEqualTo(Outcome.DONE);

            OddServer.Request request = server.requests.getFirst();
            assertThat(request.line()).isEqualTo("POST /write?db=the%20bucket%26x&precision=ms HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry(
                            "authorization",
                            "Basic " + Base64.getEncoder().encodeToString("me:pass".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void a_field_of_another_type_is_refused_and_a_missing_bucket_is_trouble() throws Exception {
        String conflict = "{\"error\":\"partial write: field type conflict\"}";
        try (OddServer server = new OddServer(OddServer.status(400, conflict));
                var destination = destination(config(server.url(""), null, null, null, null))) {
            assertThat(refusal(destination.send(json("{\"room\":\"a\",\"t\":1}"))))
                    .contains("type conflict");
        }
        try (OddServer server = new OddServer(OddServer.status(404, "bucket not found"));
                var destination = destination(config(server.url(""), null, null, null, null))) {
            assertThat(retryReason(destination.send(json("{\"room\":\"a\",\"t\":1}"))))
                    .contains("bucket not found");
        }
    }

    @Test
    void a_server_that_is_away_is_tried_again() throws Exception {
        OddServer server = new OddServer(OddServer.status(204, ""));
        try (var destination = destination(config(server.url(""), null, null, null, null))) {
            server.close();
            assertThat(retryReason(destination.send(json("{\"room\":\"a\",\"t\":1}"))))
                    .contains("refused");
        }
    }

    @Test
    void the_gate_decides() throws Exception {
        try (OddServer server = new OddServer(OddServer.status(204, ""));
                var destination = new InfluxDbDestination(
                        config(server.url(""), null, null, null, null), allowing(), patience(Duration.ofSeconds(30)))) {
            assertThat(retryReason(destination.send(json("{\"room\":\"a\",\"t\":1}"))))
                    .contains("rule.allow");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void what_line_protocol_cannot_say_is_unfit() throws Exception {
        try (var destination = destination(config("http://h", null, null, null, null))) {
            for (String text : List.of(
                    "{\"room\":\"a\\\\\",\"t\":1}",
                    "{\"room\":\"a\\nb\",\"t\":1}",
                    "{\"room\":\"a\",\"say\":\"two\\nlines\"}",
                    "{\"room\":\"a\"}",
                    "{\"t\":1}")) {
                assertThatThrownBy(() -> destination.send(json(text))).isInstanceOf(UnfitException.class);
            }
        }
    }

    @Test
    void what_cannot_work_is_refused_at_once() {
        for (String url : List.of("ftp://h", "http://h/?a=b", "http://h/${x}", "no address")) {
            assertThatThrownBy(() -> destination(config(url, null, null, null, null)))
                    .isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> destination(config("http://h", null, new Hidden("a\r\nb"), null, null)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> destination(config("http://h", null, null, "me", null)))
                .isInstanceOf(ProblemException.class);
    }

    private static InfluxDbDestination destination(DestinationConfig.InfluxDb config) {
        OutboundGate gate = allowing("127.0.0.1");
        return new InfluxDbDestination(config, gate, patience(Duration.ofSeconds(30)));
    }

    private static DestinationConfig.InfluxDb config(
            String url,
            @Nullable String org,
            @Nullable Hidden token,
            @Nullable String user,
            @Nullable Hidden password) {
        return new DestinationConfig.InfluxDb(
                url,
                "the bucket&x",
                org,
                "climate of ${event.product}",
                TAGS,
                FIELDS,
                null,
                token,
                user,
                password,
                null);
    }
}
