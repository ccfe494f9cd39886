package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import io.berth.testing.HeldDevice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // made before each test
final class MessageApiTest {
    private static final String DEVICE = "/products/pk/devices/d1";

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
    void a_message_reaches_the_device_as_it_was_given() throws InterruptedException {
        HeldDevice held = attach((_, delivery) -> delivery.reached(DeliveryState.SENT));

        assertThat(message("\"qos\":0,\"text\":\"温度\"").text()).isEqualTo("{\"id\":\"1\",\"state\":\"sent\"}");
        assertThat(held.next()).isEqualTo(new Downlink.Message("/pk/d1/user/get", Qos.AT_MOST_ONCE, Payload.of("温度")));
        message("\"qos\":1,\"base64\":\"AP8=\"");
        assertThat(held.next())
                .isEqualTo(new Downlink.Message(
                        "/pk/d1/user/get", Qos.AT_LEAST_ONCE, Payload.of(new byte[] {0, (byte) 0xff})));
    }

    @Test
    void who_waits_hears_of_the_acknowledgement() {
        attach((_, delivery) -> {
            delivery.reached(DeliveryState.SENT);
            Thread.ofVirtual().start(() -> delivery.reached(DeliveryState.ACKNOWLEDGED));
        });

        assertThat(message("\"qos\":1,\"text\":\"x\",\"waitMillis\":10000").text())
                .isEqualTo("{\"id\":\"1\",\"state\":\"acknowledged\"}");
    }

    @Test
    void who_waits_for_what_nobody_will_confirm_is_answered_at_once() {
        attach((_, delivery) -> delivery.sentUnconfirmed());

        long start = System.nanoTime();
        assertThat(message("\"qos\":1,\"text\":\"x\",\"waitMillis\":60000").text())
                .isEqualTo("{\"id\":\"1\",\"state\":\"sent\"}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void who_waits_in_vain_hears_how_far_it_got() {
        attach((_, delivery) -> delivery.reached(DeliveryState.SENT));

        assertThat(message("\"qos\":1,\"text\":\"x\",\"waitMillis\":20").text())
                .isEqualTo("{\"id\":\"1\",\"state\":\"sent\"}");
    }

    @Test
    void a_message_for_a_sleeping_device_is_queued_up_to_the_bound() {
        server.stored.open(id, Instant.MAX);
        server.stored.subscribe(id, List.of(new Subscription(new TopicFilter("/pk/d1/user/get"), Qos.AT_LEAST_ONCE)));

        assertThat(message("\"qos\":1,\"text\":\"1\"").text()).isEqualTo("{\"id\":\"1\",\"state\":\"queued\"}");
        message("\"qos\":1,\"text\":\"2\"");
        assertThat(message("\"qos\":1,\"text\":\"3\"").problem()).isEqualTo("LIMIT_REACHED");
        assertThat(message("\"qos\":0,\"text\":\"4\"").problem()).isEqualTo("DEVICE_OFFLINE");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_SUBSCRIBED, 409",
        "TOPIC_FORBIDDEN, 403",
        "UNSUPPORTED, 422",
        "CONNECTION_LOST, 502",
        "OVERLOADED, 503"
    })
    void what_the_link_refuses_is_told(Problem problem, int status) {
        attach((_, delivery) -> delivery.failed(problem, "no"));

        Answer answer = message("\"text\":\"x\"");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem.name());
    }

    @Test
    void an_absent_disabled_or_unknown_device_gets_nothing() {
        assertThat(message("\"qos\":1,\"text\":\"x\"").problem()).isEqualTo("DEVICE_OFFLINE");
        server.post(DEVICE + "/disable", "");
        assertThat(message("\"text\":\"x\"").problem()).isEqualTo("DEVICE_DISABLED");
        assertThat(server.post("/products/pk/devices/d9/messages", "{\"topic\":\"a\",\"text\":\"x\"}")
                        .problem())
                .isEqualTo("DEVICE_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "qos":2,"text":"x"              | "qos" must be 0 or 1
                    "qos":"1","text":"x"            | "qos" must be a whole number
                    "qos":0.5,"text":"x"            | "qos" must be a whole number
                    "text":"x","base64":"AA=="      | give either "text" or "base64"
                    "qos":0                         | give either "text" or "base64"
                    "base64":"?"                    | "base64" is not Base64
                    "text":"x","waitMillis":60001   | "waitMillis" must be 0 to 60000
                    "text":"x","waitMillis":-1      | "waitMillis" must be 0 to 60000
                    "text":"x","waitMillis":9999999999 | "waitMillis" must be a whole number
                    """)
    void a_message_that_makes_no_sense_is_refused(String members, String detail) {
        assertThat(message(members).at("detail").asString()).isEqualTo(detail);
    }

    @Test
    void a_topic_with_wildcards_is_refused() {
        assertThat(server.post(DEVICE + "/messages", "{\"topic\":\"a/+\",\"text\":\"x\"}")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void a_request_brings_the_answer_back() {
        attach(answering(Payload.of("pong")));

        Answer text = server.post(DEVICE + "/requests", "{\"topic\":\"t/1\",\"text\":\"ping\"}");
        assertThat(text.at("text").asString()).isEqualTo("pong");
        assertThat(text.at("millis").asLong()).isBetween(0L, 20_000L);
    }

    @Test
    void an_answer_that_is_no_text_comes_as_base64() {
        attach(answering(Payload.of(new byte[] {(byte) 0xff})));

        Answer answer = server.post(DEVICE + "/requests", "{\"text\":\"ping\"}");
        assertThat(answer.at("base64").asString()).isEqualTo("/w==");
        assertThat(answer.json().has("text")).isFalse();
    }

    @Test
    void a_request_that_nobody_answers_times_out() {
        attach((_, delivery) -> delivery.reached(DeliveryState.SENT));

        Answer answer = server.post(DEVICE + "/requests", "{\"text\":\"ping\",\"timeoutMillis\":20}");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.problem()).isEqualTo("TIMED_OUT");
        assertThat(server.requests.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "60001"})
    void a_request_waits_1_to_60000_milliseconds(int millis) {
        assertThat(server.post(DEVICE + "/requests", "{\"text\":\"ping\",\"timeoutMillis\":" + millis + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_request_to_an_absent_device_fails_at_once() {
        assertThat(server.post(DEVICE + "/requests", "{\"text\":\"ping\",\"timeoutMillis\":60000}")
                        .problem())
                .isEqualTo("DEVICE_OFFLINE");
    }

    @Test
    void a_broadcast_is_offered_to_all_who_are_online() throws InterruptedException {
        HeldDevice held = attach((_, delivery) -> delivery.reached(DeliveryState.SENT));

        assertThat(server.post("/products/pk/broadcasts", "{\"topic\":\"news\",\"text\":\"hi\"}")
                        .text())
                .isEqualTo("{\"offered\":1}");
        assertThat(held.next()).isEqualTo(new Downlink.Broadcast("news", Payload.of("hi")));
        assertThat(server.post("/products/no/broadcasts", "{\"topic\":\"news\",\"text\":\"hi\"}")
                        .problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
    }

    private Answer message(String members) {
        return server.post(DEVICE + "/messages", "{\"topic\":\"/pk/d1/user/get\"," + members + "}");
    }

    private HeldDevice attach(BiConsumer<Downlink, Delivery> reaction) {
        HeldDevice held = new HeldDevice(reaction);
        server.sessions.attach(held.session(id));
        return held;
    }

    private BiConsumer<Downlink, Delivery> answering(Payload answer) {
        return (downlink, delivery) -> {
            delivery.reached(DeliveryState.SENT);
            Downlink.Request request = (Downlink.Request) downlink;
            server.uplinks.accept(
                    Objects.requireNonNull(server.sessions.find(id)),
                    new Uplink.Reply(request.id(), "reply", Qos.AT_MOST_ONCE, answer, null),
                    Completion.IGNORED);
        };
    }
}
