package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.subscription.Readers.Peer;
import io.berth.stream.group.Consumer;
import io.berth.stream.group.Consumer.Delivered;
import io.berth.testing.TestClock;
import io.berth.testing.TestEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Consumer groups over HTTP, and a tail that looks back.
@SuppressWarnings("NullAway.Init") // made before each test
final class ConsumerGroupApiTest {
    private static final String ALL = "/consumer-groups";

    private ApiServer server;
    private DeviceId device;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        device = server.device("pk", "d1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_group_is_created_shown_by_name_and_id_listed_and_deleted() {
        Answer made = server.post(
                ALL,
                "{\"name\":\"app\",\"format\":\"aliyun\",\"products\":[\"pk\"],\"kinds\":[\"status\",\"message\"],"
                        + "\"maxAgeMillis\":60000,\"maxEvents\":5,\"maxAttempts\":2}");
        String id = made.at("id").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text())
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"app\",\"format\":\"aliyun\",\"products\":[\"pk\"],"
                        + "\"kinds\":[\"message\",\"status\"],\"maxAgeMillis\":60000,\"maxEvents\":5,\"maxAttempts\":2,"
                        + "\"created\":\"2026-11-21T08:00:00Z\",\"waiting\":0,\"delivered\":0,\"redelivered\":0,"
                        + "\"dropped\":0,\"dead\":0,\"consumers\":[]}");
        assertThat(server.get(ALL + "/app").at("id").asString()).isEqualTo(id);
        assertThat(server.get(ALL + "/" + id).at("name").asString()).isEqualTo("app");
        assertThat(server.get(ALL).at("items").size()).isEqualTo(1);

        assertThat(server.delete(ALL + "/app").status()).isEqualTo(204);
        assertThat(server.get(ALL + "/app").problem()).isEqualTo("NOT_FOUND");
        assertThat(server.get(ALL).at("items").size()).isZero();
    }

    @Test
    void what_cannot_be_a_group_is_refused() {
        assertThat(server.post(ALL, "{\"name\":\"a\",\"format\":\"telex\"}").text())
                .contains("INVALID_ARGUMENT", "aliyun, native");
        assertThat(server.post(ALL, "{\"name\":\"a\",\"products\":[\"none\"]}").problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.post(ALL, "{\"name\":\"a\",\"maxEvents\":0}").problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.post(ALL, "{\"name\":\"\"}").problem()).isEqualTo("INVALID_ARGUMENT");
        assertThat(server.post(ALL, "{\"name\":\"a\",\"kinds\":[\"smoke\"]}")
                        .at("detail")
                        .asString())
                .startsWith("\"kinds[0]\" must be one of message, property");
        Answer empty = server.post(ALL, "{\"name\":\"a\",\"products\":[null]}");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.at("detail").asString()).isEqualTo("\"products[0]\" must not be null");

        for (int i = 0; i < 3; i++) {
            assertThat(server.post(ALL, "{\"name\":\"g" + i + "\"}").status()).isEqualTo(201);
        }
        assertThat(server.post(ALL, "{\"name\":\"g3\"}").problem()).isEqualTo("LIMIT_REACHED");
        server.delete(ALL + "/g0");
        assertThat(server.post(ALL, "{\"name\":\"g1\"}").problem()).isEqualTo("GROUP_EXISTS");
    }

    @Test
    void a_group_shows_who_consumes_and_what_nobody_accepted() throws Exception {
        server.post(ALL, "{\"name\":\"app\",\"maxAttempts\":1,\"maxAgeMillis\":3000000000000}");
        append(1, "poison");
        append(2, "good");
        try (Reading app = new Reading()) {
            app.consumer.settle(app.next().tag(), Consumer.Settlement.REJECTED);
            app.next();
            await().until(() -> server.get(ALL + "/app").at("waiting").asLong() == 1);

            Answer shown = server.get(ALL + "/app");
            assertThat(shown.at("consumers").toString())
                    .isEqualTo(
                            "[{\"peer\":\"a test of 10.0.0.9:40000\",\"since\":\"2026-11-21T08:00:00Z\",\"unsettled\":1}]");
            assertThat(shown.at("dead").asLong()).isEqualTo(1);
            assertThat(server.get(ALL + "/app/dead?limit=5").text())
                    .contains("\"text\":\"poison\"", "\"attempts\":1", "\"kind\":\"message\"");
            assertThat(server.get(ALL + "/app/dead?limit=0").problem()).isEqualTo("INVALID_ARGUMENT");
        }
    }

    @Test
    void a_group_is_told_again_from_a_time_on_or_leaves_out_what_waits() throws Exception {
        server.post(ALL, "{\"name\":\"app\",\"maxAgeMillis\":3000000000000}");
        append(1, "one");
        append(2, "two");
        try (Reading app = new Reading()) {
            app.accept("one");
            app.accept("two");
            assertThat(server.post(ALL + "/app/reset", "{\"from\":\"1970-01-01T00:00:00.002Z\"}")
                            .status())
                    .isEqualTo(200);
            app.accept("two");
        }
        append(3, "three");
        server.post(ALL + "/app/reset", "{}");
        append(TestClock.START.toEpochMilli(), "four");
        try (Reading app = new Reading()) {
            app.accept("four");
        }
    }

    @Test
    void a_tail_looks_back_first_and_tells_each_event_once() throws Exception {
        server.post(ALL, "{\"name\":\"app\"}");
        for (int i = 1; i <= 3_000; i++) {
            append(i, Integer.toString(i));
        }
        try (OpenTail tail = server.tail("?from=1970-01-01T00:00:00.100Z&kind=message&count=2902")) {
            for (int i = 100; i <= 3_000; i++) {
                assertThat(tail.next().get("payload").asString()).isEqualTo(Integer.toString(i));
            }
            await().until(() -> server.feed.watching() == 1);
            append(3_001, "live");
            assertThat(tail.next().get("payload").asString()).isEqualTo("live");
            assertThat(tail.line()).isNull();
        }
        try (OpenTail tail = server.tail("?from=1970-01-01T00:00:00.100Z&count=2")) {
            assertThat(tail.next().get("payload").asString()).isEqualTo("100");
            assertThat(tail.next().get("payload").asString()).isEqualTo("101");
            assertThat(tail.line()).isNull();
        }
        assertThat(server.get("/tail?from=yesterday").problem()).isEqualTo("INVALID_ARGUMENT");
    }

    private void append(long id, String text) {
        Event event = TestEvents.message(id, device, text);
        server.log.append(event, Completion.IGNORED);
        server.feed.append(event, Completion.IGNORED);
    }

    /// A consumer of the group `app`.
    private final class Reading implements Consumer.Receiver, AutoCloseable {
        private final LinkedBlockingQueue<Delivered> received = new LinkedBlockingQueue<>();
        private final Consumer consumer;

        Reading() {
            String id = server.get(ALL + "/app").at("id").asString();
            consumer = server.readers.attach(id, Duration.ZERO, this);
            consumer.request(100);
        }

        @Override
        public void deliver(Delivered delivered) {
            received.add(delivered);
        }

        @Override
        public Peer peer() {
            return new Peer("a test", "10.0.0.9:40000");
        }

        Delivered next() throws InterruptedException {
            Delivered next = received.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        void accept(String text) throws InterruptedException {
            Delivered next = next();
            assertThat(TestEvents.text(next.event())).isEqualTo(text);
            consumer.settle(next.tag(), Consumer.Settlement.ACCEPTED);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
