package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.session.Session;
import io.berth.testing.HeldDevice;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("NullAway.Init") // made before each test
final class StreamApiTest {
    private final DeviceId id = new DeviceId("pk", "d1");
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_tail_tells_events_as_they_happen() throws Exception {
        Session session = new HeldDevice((_, _) -> {}).session(id);
        try (OpenTail tail = server.tail("?count=2")) {
            server.sessions.attach(session);
            server.publish(session, "/pk/d1/user/update", Payload.of("{\"温\":1}"));

            assertThat(tail.next()).hasToString("""
                            {"id":"1882453966848000000","time":"2026-11-21T08:00:00Z","product":"pk","device":"d1","dialect":"test",\
                            "kind":"status",\
                            "payload":"{\\"status\\":\\"online\\",\\"cause\\":\\"connected\\",\
                            \\"since\\":\\"1970-01-01T00:00:00Z\\",\\"address\\":\\"192.0.2.7:1234\\"}",\
                            "data":{"status":"online","cause":"connected",\
                            "since":"1970-01-01T00:00:00Z","address":"192.0.2.7:1234"}}""");
            assertThat(tail.next()).hasToString("""
                            {"id":"1882453966848000001","time":"2026-11-21T08:00:00Z","product":"pk","device":"d1","dialect":"test",\
                            "kind":"message","topic":"/pk/d1/user/update","qos":1,"payload":"{\\"温\\":1}"}""");
            assertThat(tail.line()).isNull();
        }
        await().until(() -> server.feed.watching() == 0);
    }

    @Test
    void bytes_that_are_no_text_come_as_base64() throws Exception {
        Session session = new HeldDevice((_, _) -> {}).session(id);
        try (OpenTail tail = server.tail("?count=2")) {
            server.publish(session, "t", Payload.of(new byte[] {(byte) 0xff, 0}));
            server.publish(session, "t", Payload.of("\uFFFD"));

            JsonNode bytes = tail.next();
            assertThat(bytes.get("payloadBase64").asString()).isEqualTo("/wA=");
            assertThat(bytes.has("payload")).isFalse();
            assertThat(tail.next().get("payload").asString()).isEqualTo("\uFFFD");
        }
    }

    @Test
    void filters_by_product_device_and_kind() throws Exception {
        try (OpenTail tail = server.tail("?product=pk&device=d1&kind=property&count=1")) {
            append(new DeviceId("other", "d1"), Event.Kind.PROPERTY, "1");
            append(new DeviceId("pk", "d2"), Event.Kind.PROPERTY, "2");
            append(id, Event.Kind.MESSAGE, "3");
            append(id, Event.Kind.PROPERTY, "4");

            assertThat(tail.next().get("payload").asString()).isEqualTo("4");
        }
    }

    @Test
    void a_quiet_tail_beats_and_ends_on_time() throws Exception {
        try (OpenTail tail = server.tail("")) {
            assertThat(tail.line()).isEmpty();
        }
        try (OpenTail tail = server.tail("?timeoutMillis=120")) {
            String line = tail.line();
            while (line != null) {
                assertThat(line).isEmpty();
                line = tail.line();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?count=0", "?count=x", "?timeoutMillis=-1", "?kind=rumour", "?knd=event"})
    void a_tail_that_makes_no_sense_is_refused(String query) {
        assertThat(server.get("/tail" + query).problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void more_tails_than_the_bound_are_refused() throws Exception {
        for (int i = 0; i < ApiServer.MAX_TAILS; i++) {
            assertThat(server.tail("").status).isEqualTo(200);
        }

        assertThat(server.get("/tail").status()).isEqualTo(503);
    }

    @Test
    void a_reader_that_stops_is_told_how_much_it_missed_and_delays_nobody() throws Exception {
        Event large = server.event(id, Event.Kind.MESSAGE, "x".repeat(1 << 20));
        try (OpenTail slow = server.tail("?kind=message");
                OpenTail quick = server.tail("?kind=status&count=1")) {
            for (int i = 0; i < 100; i++) {
                server.feed.append(large, Completion.IGNORED);
            }
            append(id, Event.Kind.STATUS, "through");
            assertThat(quick.next().get("payload").asString()).isEqualTo("through");

            JsonNode line = slow.next();
            while (!line.has("dropped")) {
                line = slow.next();
            }
            assertThat(line.get("dropped").asLong()).isBetween(1L, server.feed.dropped());
        }
    }

    @Test
    void a_reader_that_leaves_is_forgotten() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            String request =
                    "GET /api/v1/tail HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.localToken() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> server.feed.watching() == 1);
        }

        await().until(() -> server.feed.watching() == 0);
    }

    @Test
    void an_import_answers_progress_then_verdicts_then_the_summary() {
        server.post("/products", "{\"name\":\"x\",\"key\":\"pk\"}");

        Answer answer = server.post("/devices/import?dryRun=true", "pk,d1,s1\nnonsense\npk,d2,s2\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.lines()).hasSize(4);
        assertThat(answer.lines().get(0))
                .hasToString("{\"line\":1,\"product\":\"pk\",\"name\":\"d1\",\"verdict\":\"created\"}");
        assertThat(answer.lines().get(1))
                .hasToString(
                        "{\"line\":2,\"verdict\":\"refused\",\"detail\":\"1 columns instead of product key, device name, secret and"
                                + " perhaps alias\"}");
        JsonNode summary = answer.lines().get(3).get("summary");
        assertThat(summary.get("lines").asInt()).isEqualTo(3);
        assertThat(summary.get("created").asInt()).isEqualTo(2);
        assertThat(summary.get("refused").asInt()).isEqualTo(1);
        assertThat(summary.get("dryRun").asBoolean()).isTrue();
    }

    @Test
    void an_import_may_answer_refused_lines_only() {
        server.post("/products", "{\"name\":\"x\",\"key\":\"pk\"}");

        Answer answer = server.post("/devices/import?verdicts=refused", "pk,d1,s1\nnonsense\n");

        assertThat(answer.lines()).hasSize(2);
        assertThat(answer.lines().getFirst().get("line").asInt()).isEqualTo(2);
        assertThat(answer.lines().getLast().get("summary").get("dryRun").asBoolean())
                .isFalse();
    }

    @Test
    void an_import_far_larger_than_any_buffer_flows_through_a_client_that_writes_before_it_reads() {
        int lines = 300_000;

        Answer answer = server.post("/devices/import", "product,device-with-some-name,secret\n".repeat(lines));

        assertThat(answer.text().lines().filter(line -> line.contains("\"verdict\"")))
                .hasSize(lines);
        assertThat(answer.text().lines().filter(line -> line.contains("\"progress\"")))
                .hasSize(30);
        assertThat(answer.text().lines().reduce("", (_, last) -> last)).contains("\"lines\":300000");
    }

    private void append(DeviceId device, Event.Kind kind, String text) {
        server.feed.append(server.event(device, kind, text), Completion.IGNORED);
    }
}
