package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import io.berth.testing.HeldDevice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
@SuppressWarnings("NullAway.Init") // made before each test
final class MessageStreamTest {
    private ApiServer server;
    private DeviceId id;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        id = server.device("pk", "d1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_message_reaches_its_device_and_is_answered() throws InterruptedException {
        HeldDevice held = attach(id, (_, delivery) -> delivery.reached(DeliveryState.SENT));

        Answer answer = server.post("/messages", """
                {"product":"pk","device":"d1","topic":"a/1","qos":1,"text":"温度","id":"first"}

                {"product":"pk","device":"d1","topic":"a/2","base64":"AP8="}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.text()).isEqualTo("""
                {"id":"first","state":"sent"}
                {"line":3,"state":"sent"}
                {"summary":{"messages":2,"sent":2,"queued":0,"acknowledged":0,"failed":0}}
                """);
        assertThat(held.next()).isEqualTo(new Downlink.Message("a/1", Qos.AT_LEAST_ONCE, Payload.of("温度")));
        assertThat(held.next()).isEqualTo(new Downlink.Message("a/2", Qos.AT_MOST_ONCE, Payload.of(new byte[] {
            0, (byte) 0xff
        })));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                               | the line is not well-formed JSON
                    []                                                     | a line must be one JSON object
                    {"product":"pk","device":"d1","topic":"t","text":"x"}1 | a line must be one JSON object
                    {"product":"pk","device":"d1","text":"x"}              | "topic" is missing
                    {"product":"pk","device":"d1","topic":1}               | "topic" must be a string
                    {"product":"pk","device":"d1","topic":"t","qos":0.5}   | "qos" must be a whole number
                    {"product":"pk","device":"d1","topic":"t","qos":2,"text":"x"} | "qos" must be 0 or 1
                    {"product":"pk","device":"d1","topic":"t","qos":99999999999,"text":"x"} | the line is not well-formed JSON
                    {"product":"pk","device":"d1","topic":"t"}             | give either "text" or "base64"
                    {"produkt":"pk"}                  | unknown member "produkt": did you mean "product"?
                    """)
    void a_line_that_makes_no_sense_is_answered_and_the_stream_goes_on(String line, String detail) {
        attach(id, (_, delivery) -> delivery.reached(DeliveryState.SENT));

        List<JsonNode> lines =
                server.post("/messages", line + "\n" + message("d1", 1)).lines();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).get("line").asInt()).isEqualTo(1);
        assertThat(lines.get(0).get("problem").asString()).isEqualTo("INVALID_ARGUMENT");
        assertThat(lines.get(0).get("detail").asString()).isEqualTo(detail);
        assertThat(lines.get(1)).hasToString("{\"id\":\"1\",\"state\":\"sent\"}");
    }

    @Test
    void a_line_longer_than_a_body_may_be_is_read_over() {
        attach(id, (_, delivery) -> delivery.reached(DeliveryState.SENT));
        String large = "{\"text\":\"" + "x".repeat(3 * ApiServer.MAX_BODY) + "\"}";

        List<JsonNode> lines = server.post("/messages", large + "\n" + message("d1", 1) + large)
                .lines();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).get("detail").asString()).isEqualTo("the line is too long");
        assertThat(lines.get(1).get("id").asString()).isEqualTo("1");
        assertThat(lines.get(2).get("line").asInt()).isEqualTo(3);
    }

    @Test
    void failures_are_told_one_by_one_and_all_are_counted() {
        attach(id, (_, delivery) -> delivery.reached(DeliveryState.SENT));
        attach(server.device("pk", "busy"), (_, delivery) -> delivery.failed(Problem.OVERLOADED, "no"));
        server.device("pk", "away");
        DeviceId asleep = server.device("pk", "asleep");
        server.stored.open(asleep, Instant.MAX);
        server.stored.subscribe(asleep, List.of(new Subscription(new TopicFilter("t"), Qos.AT_LEAST_ONCE)));
        server.device("pk", "disabled");
        server.post("/products/pk/devices/disabled/disable", "");

        List<JsonNode> lines = server.post(
                        "/messages?answers=failures",
                        message("d1", 1) + message("busy", 2) + message("away", 3) + message("asleep", 4)
                                + message("disabled", 5) + message("unknown", 6) + "{")
                .lines();

        assertThat(lines.stream().filter(line -> line.has("problem")).map(MessageStreamTest::told))
                .containsExactlyInAnyOrder(
                        "2 OVERLOADED",
                        "3 DEVICE_OFFLINE",
                        "5 DEVICE_DISABLED",
                        "6 DEVICE_NOT_FOUND",
                        "line 7 INVALID_ARGUMENT");
        assertThat(lines.getLast())
                .hasToString("{\"summary\":{\"messages\":7,\"sent\":1,\"queued\":1,\"acknowledged\":0,\"failed\":5}}");
        assertThat(lines).hasSize(6);
    }

    @Test
    void who_waits_hears_of_acknowledgements_and_of_those_that_never_came() throws IOException {
        server.close();
        server = new ApiServer(Duration.ofSeconds(2));
        attach(server.device("pk", "d1"), (downlink, delivery) -> {
            delivery.reached(DeliveryState.SENT);
            if (((Downlink.Message) downlink).payload().text().equals("1")) {
                delivery.reached(DeliveryState.ACKNOWLEDGED);
            }
        });
        attach(server.device("pk", "mute"), (_, _) -> {});

        Answer answer =
                server.post("/messages?until=acknowledged", message("d1", 1) + message("d1", 2) + message("mute", 3));

        assertThat(answer.lines().stream().map(MessageStreamTest::told))
                .containsExactlyInAnyOrder("1 acknowledged", "2 sent", "3 TIMED_OUT", "summary");
    }

    @Test
    void messages_are_answered_while_the_stream_goes_on() throws Exception {
        attach(id, (_, delivery) -> delivery.reached(DeliveryState.SENT));
        try (OpenStream stream = new OpenStream(server, "")) {
            stream.write(message("d1", 1));
            assertThat(stream.next()).isEqualTo("{\"id\":\"1\",\"state\":\"sent\"}");
            stream.write(message("d1", 2));
            assertThat(stream.next()).isEqualTo("{\"id\":\"2\",\"state\":\"sent\"}");
            stream.end();
            assertThat(stream.next()).contains("\"messages\":2");
        }
    }

    @Test
    void answers_of_one_device_keep_their_order_and_a_slow_device_holds_no_other_back() throws Exception {
        Queue<Delivery> held = new ConcurrentLinkedQueue<>();
        attach(id, (_, delivery) -> delivery.reached(DeliveryState.SENT));
        attach(server.device("pk", "slow"), (_, delivery) -> held.add(delivery));
        try (OpenStream stream = new OpenStream(server, "")) {
            int slow = ApiServer.STREAMED_AT_ONCE - 1;
            for (int i = 0; i < slow; i++) {
                stream.write(message("slow", i));
            }
            for (int i = 100; i < 200; i++) {
                stream.write(message("d1", i));
            }
            for (int i = 100; i < 200; i++) {
                assertThat(stream.next()).contains("\"" + i + "\"");
            }
            held.forEach(delivery -> delivery.reached(DeliveryState.SENT));
            for (int i = 0; i < slow; i++) {
                assertThat(stream.next()).contains("\"" + i + "\"");
            }
        }
    }

    @Test
    void no_more_than_the_window_are_under_way() throws Exception {
        Queue<Delivery> held = new ConcurrentLinkedQueue<>();
        attach(id, (_, delivery) -> held.add(delivery));
        try (OpenStream stream = new OpenStream(server, "")) {
            stream.write(message("d1", 1).repeat(3 * ApiServer.STREAMED_AT_ONCE));
            await().until(() -> held.size() >= ApiServer.STREAMED_AT_ONCE);
            List<Delivery> first = new ArrayList<>(held);
            assertThat(first).hasSize(ApiServer.STREAMED_AT_ONCE);

            first.getFirst().reached(DeliveryState.SENT);

            await().until(() -> held.size() == ApiServer.STREAMED_AT_ONCE + 1);
            stream.end();
            await().until(() -> {
                held.forEach(delivery -> delivery.reached(DeliveryState.SENT));
                return server.streams.running() == 0;
            });
        }
    }

    @Test
    void a_client_that_leaves_ends_the_stream() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        attach(id, (_, _) -> sent.incrementAndGet());
        try (OpenStream stream = new OpenStream(server, "")) {
            stream.write(message("d1", 1).repeat(ApiServer.STREAMED_AT_ONCE));
            await().until(() -> sent.get() == ApiServer.STREAMED_AT_ONCE);
        }

        await().until(() -> server.streams.running() == 0);
    }

    @Test
    void a_stop_of_the_server_ends_a_stream_that_waits_for_its_client_or_its_devices() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        attach(id, (_, _) -> sent.incrementAndGet());
        try (OpenStream quiet = new OpenStream(server, "");
                OpenStream full = new OpenStream(server, "")) {
            full.write(message("d1", 1).repeat(2 * ApiServer.STREAMED_AT_ONCE));
            await().until(() -> sent.get() == ApiServer.STREAMED_AT_ONCE && server.streams.running() == 2);

            server.streams.close();

            await().until(() -> server.streams.running() == 0);
            quiet.end();
        }
    }

    @Test
    void fifty_thousand_messages_flow_through_a_small_window() throws Exception {
        int count = 50_000;
        int devices = 50;
        for (int i = 0; i < devices; i++) {
            attach(server.device("pk", "n" + i), (_, delivery) -> {
                delivery.reached(DeliveryState.SENT);
                delivery.reached(DeliveryState.ACKNOWLEDGED);
            });
        }
        try (OpenStream stream = new OpenStream(server, "?until=acknowledged")) {
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int from = 0; from < count; from += 500) {
                    StringBuilder lines = new StringBuilder();
                    IntStream.range(from, from + 500).forEach(i -> lines.append(message("n" + i % devices, i)));
                    stream.write(lines.toString());
                }
                stream.end();
            });
            int answers = 0;
            String line = stream.next();
            while (!line.contains("summary")) {
                answers++;
                line = stream.next();
            }
            writer.join();

            assertThat(answers).isEqualTo(count);
            assertThat(line)
                    .isEqualTo(
                            "{\"summary\":{\"messages\":50000,\"sent\":0,\"queued\":0,\"acknowledged\":50000,\"failed\":0}}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?answers=none", "?until=tomorrow", "?untill=sent"})
    void a_stream_that_makes_no_sense_is_refused(String query) {
        assertThat(server.post("/messages" + query, "").problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void the_document_names_the_members_of_a_line() {
        JsonNode body = server.get("/openapi.json")
                .at("paths")
                .get("/api/v1/messages")
                .get("post")
                .get("requestBody")
                .get("content")
                .get("application/x-ndjson");

        assertThat(body.findValuesAsString("$ref")).containsExactly("#/components/schemas/StreamedMessage");
    }

    private static String message(String device, int number) {
        return "{\"product\":\"pk\",\"device\":\"%s\",\"topic\":\"t\",\"qos\":1,\"text\":\"%d\",\"id\":\"%d\"}\n"
                .formatted(device, number, number);
    }

    private static String told(JsonNode line) {
        if (line.has("summary")) {
            return "summary";
        }
        String name = line.has("id")
                ? line.get("id").asString()
                : "line " + line.get("line").asInt();
        return name + " " + line.get(line.has("state") ? "state" : "problem").asString();
    }

    private HeldDevice attach(DeviceId device, BiConsumer<Downlink, Delivery> reaction) {
        HeldDevice held = new HeldDevice(reaction);
        server.sessions.attach(held.session(device));
        return held;
    }
}
