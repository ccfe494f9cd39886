package io.berth.rule.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Hidden;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.RuleConfig;
import io.berth.rule.UnfitException;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@SuppressWarnings("NullAway.Init") // made in each test that has a server
final class HttpDestinationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// With a server that would never come to an end.
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(700);

    private final CountDownLatch over = new CountDownLatch(1);
    private OddServer server;

    @AfterEach
    void close() throws IOException {
        over.countDown();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void posts_json_and_takes_200_for_success() throws Exception {
        server = new OddServer(OddServer.status(200, "{}"));

        assertThat(send(plain("/in/${name}"))).isEqualTo(Outcome.DONE);

        OddServer.Request request = server.requests.getFirst();
        assertThat(request.line()).isEqualTo("POST /in/a%2Fb%20c HTTP/1.1");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        assertThat(request.body()).isEqualTo("{\"name\":\"a/b c\"}");
    }

    @Test
    void signs_as_the_vendor_does() throws Exception {
        server = new OddServer(OddServer.status(200, ""));

        send(new DestinationConfig.Http(server.url("/"), Map.of(), new Hidden("abc123"), null, null, null, null));

        Map<String, String> headers = server.requests.getFirst().headers();
        assertThat(headers.getOrDefault("timestamp", "")).isEqualTo(Long.toString(TestClock.START.toEpochMilli()));
        assertThat(headers.get("signature"))
                .isEqualTo(HttpDestination.signature(
                        headers.getOrDefault("nonce", ""), "abc123", headers.getOrDefault("timestamp", "")));
        // sha256 of 1700000000000abc123nonce
        assertThat(HttpDestination.signature("abc123", "1700000000000", "nonce"))
                .isEqualTo("fe7b31a62b131607af7345b350d54e9006e60493049dc074fb900dc2948d3922");
    }

    @Test
    void sends_own_headers_and_credentials() throws Exception {
        server = new OddServer(OddServer.status(204, ""));
        send(new DestinationConfig.Http(
                server.url("/"), Map.of("X-Key", new Hidden("k")), null, "me", new Hidden("pass"), null, null));
        send(new DestinationConfig.Http(server.url("/"), Map.of(), null, null, null, new Hidden("tok"), null));

        assertThat(server.requests.getFirst().headers())
                .containsEntry("x-key", "k")
                .containsEntry(
                        "authorization",
                        "Basic " + Base64.getEncoder().encodeToString("me:pass".getBytes(StandardCharsets.UTF_8)));
        assertThat(server.requests.getLast().headers()).containsEntry("authorization", "Bearer tok");
    }

    @Test
    void uses_a_connection_again() throws Exception {
        server = new OddServer(OddServer.status(200, "{\"taken\":true}"));
        try (HttpDestination destination = destination(plain("/"), allowing())) {
            for (int i = 0; i < 5; i++) {
                assertThat(destination.send(message("x"))).isEqualTo(Outcome.DONE);
            }
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "413, true",
        "422, true",
        "401, false",
        "404, false",
        "429, false",
        "500, false",
        "503, false"
    })
    void tells_trouble_with_the_message_from_trouble_with_the_destination(int status, boolean refused)
            throws Exception {
        server = new OddServer(OddServer.status(status, "because"));

        Outcome outcome = send(plain("/"));

        assertThat(outcome).isInstanceOf(refused ? Outcome.Refused.class : Outcome.Retry.class);
        assertThat(outcome.toString()).contains(status + ": because");
    }

    @Test
    void waits_as_long_as_the_server_asks() throws Exception {
        server = new OddServer(OddServer.status(429, "", "Retry-After: 7"));

        assertThat(send(plain("/"))).isEqualTo(new Outcome.Retry("it answered 429", Duration.ofSeconds(7)));
    }

    @Test
    void follows_no_redirect() throws Exception {
        try (OddServer elsewhere = new OddServer(OddServer.status(200, ""))) {
            server = new OddServer(OddServer.status(302, "", "Location: " + elsewhere.url("/")));

            assertThat(reason(send(plain("/")))).contains("302", "redirects are not followed");
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void gives_up_on_a_server_that_never_answers() throws Exception {
        server = new OddServer((_, _) -> over.await());

        assertThat(reason(sendWithLittlePatience())).contains("did not answer within 700 ms");
    }

    @Test
    void gives_up_on_a_server_that_trickles_its_answer() throws Exception {
        server = new OddServer((_, out) -> {
            for (String piece = "HTTP/1.1 200 OK\r\nX: "; over.getCount() > 0; piece = "y") {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
                out.flush();
                pause(out);
            }
        });

        assertThat(reason(sendWithLittlePatience())).contains("did not answer within");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 smtp.example.org ESMTP\r\n",
                "HTTP/1.1 banana\r\n\r\n",
                "\u0000\u0001\u0002\u0003",
                "HTTP/1.1 200 OK\r\nContent-Length: minus\r\n\r\n",
                ""
            })
    void takes_garbage_for_trouble(String garbage) throws Exception {
        server = new OddServer(OddServer.bytes(garbage));

        assertThat(send(plain("/"))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void reads_only_the_beginning_of_an_endless_answer() throws Exception {
        server = new OddServer((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[8192];
            while (over.getCount() > 0) {
                out.write(block);
            }
        });

        assertThat(send(plain("/"))).isEqualTo(Outcome.DONE);
    }

    @Test
    void endless_headers_are_trouble() throws Exception {
        server = new OddServer((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] header = ("X: " + "y".repeat(8_000) + "\r\n").getBytes(StandardCharsets.UTF_8);
            while (over.getCount() > 0) {
                out.write(header);
            }
        });

        assertThat(sendWithLittlePatience()).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void a_server_that_is_not_there_is_trouble() throws Exception {
        OddServer gone = new OddServer(OddServer.status(200, ""));
        gone.close();

        assertThat(reason(send(http(gone.url("/"))))).containsIgnoringCase("refused");
    }

    @Test
    void a_host_inside_the_network_is_not_called_unless_allowed() throws Exception {
        server = new OddServer(OddServer.status(200, ""));

        try (HttpDestination destination = destination(plain("/"), new OutboundGate(List.of()))) {
            assertThat(reason(destination.send(message("x")))).contains("rule.allow", "127.0.0.1");
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void a_missing_field_in_the_address_is_the_messages_fault() throws Exception {
        server = new OddServer(OddServer.status(200, ""));

        assertThatThrownBy(() -> send(plain("/${missing}")))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "https://${host}/",
                "https://example.org:${port}/",
                "https://user@example.org/",
                "/path",
                "https:///x",
                "http://127.0.0.1:99999/x",
                "http://127.0.0.1:65536/x",
                "http://127.0.0.1:0/x",
                "https://example.org/ x"
            })
    void an_address_that_cannot_work_is_refused_at_once(String url) {
        assertThatThrownBy(() -> destination(http(url), allowing())).isInstanceOf(ProblemException.class);
    }

    @Test
    void settings_that_cannot_work_are_refused_at_once() {
        assertThatThrownBy(() -> destination(
                        new DestinationConfig.Http(
                                "https://h/", Map.of("Host", new Hidden("x")), null, null, null, null, null),
                        allowing()))
                .hasMessageContaining("Host");
        assertThatThrownBy(() -> destination(
                        new DestinationConfig.Http("https://h/", Map.of(), new Hidden("!"), null, null, null, null),
                        allowing()))
                .hasMessageContaining("token");
        assertThatThrownBy(() -> destination(
                        new DestinationConfig.Http("https://h/", Map.of(), null, null, null, null, "no certificate"),
                        allowing()))
                .hasMessageContaining("ca");
    }

    @Test
    void says_why_another_action_did_not_take_the_message() throws Exception {
        server = new OddServer(OddServer.status(200, ""));
        Outgoing left = new Outgoing(
                message("x").event(), "", Payload.of("raw"), false, Value.Fields.NONE, "it answered 400: 坏");

        try (HttpDestination destination = destination(plain("/"), allowing())) {
            destination.send(left);
        }

        assertThat(server.requests.getFirst().headers())
                .containsEntry("berth-reason", "it answered 400: ?")
                .containsEntry("content-type", "application/octet-stream");
    }

    private Outcome send(DestinationConfig.Http config) throws InterruptedException {
        try (HttpDestination destination = destination(config, allowing())) {
            return destination.send(message("a/b c"));
        }
    }

    private Outcome sendWithLittlePatience() throws InterruptedException {
        try (HttpDestination destination = destination(plain("/"), allowing(), LITTLE_PATIENCE)) {
            return destination.send(message("a/b c"));
        }
    }

    private static HttpDestination destination(DestinationConfig.Http config, OutboundGate gate) {
        return destination(config, gate, PATIENCE);
    }

    private static HttpDestination destination(DestinationConfig.Http config, OutboundGate gate, Duration patience) {
        RuleConfig usual = RuleConfig.DEFAULT;
        RuleConfig limits = new RuleConfig(
                usual.allow(),
                usual.maxRules(),
                usual.maxActions(),
                usual.maxPolicies(),
                usual.inHand(),
                patience,
                usual.firstRetry(),
                usual.maxRetry(),
                usual.suspendAfter(),
                usual.suspendFor(),
                usual.maxAnswerBytes());
        return new HttpDestination(config, gate, limits, () -> TestClock.START);
    }

    private static OutboundGate allowing() {
        return new OutboundGate(List.of("127.0.0.1"));
    }

    private DestinationConfig.Http plain(String path) {
        return http(server.url(path));
    }

    private static DestinationConfig.Http http(String url) {
        return new DestinationConfig.Http(url, Map.of(), null, null, null, null, null);
    }

    private static Outgoing message(String name) {
        Value.Fields document = Value.Fields.of("name", new Value.Text(name));
        Payload body = Payload.of(ValueJson.write(document));
        return new Outgoing(SampleEvents.message("d1", body, TestClock.START), "", body, true, document, "");
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Retry(String reason, Duration _)
                ? reason
                : "not to be tried again: " + outcome;
    }

    /// Lets some time pass for the client, none that the test depends on.
    private void pause(OutputStream out) throws InterruptedException, IOException {
        if (over.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            out.close();
        }
    }
}
