package io.berth.rule.rabbitmq;

import static io.berth.rule.Outgoings.allowing;
import static io.berth.rule.Outgoings.json;
import static io.berth.rule.Outgoings.patience;
import static io.berth.rule.Outgoings.refusal;
import static io.berth.rule.Outgoings.retryReason;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Hidden;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.testing.AmqpPeer;
import io.berth.testing.TestIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
final class RabbitMqDestinationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// With a broker that says nothing for a while.
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static AmqpPeer broker;

    @BeforeAll
    static void start() {
        broker = AmqpPeer.start(directory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void declare() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("readings", "topic", true);
            channel.queueDeclare("hall", true, false, false, Map.of());
            channel.queuePurge("hall");
            channel.queueBind("hall", "readings", "floor.1.*");
        }
    }

    @Test
    void a_confirmed_message_is_in_the_queue_and_durable() throws Exception {
        Outgoing message = json("{\"room\":\"hall\",\"t\":21}");
        try (var destination = destination("readings", "floor.1.${room}")) {
            assertThat(destination.send(message)).isEqualTo(Outcome.DONE);
        }

        GetResponse got = take().getFirst();
        assertThat(new String(got.getBody(), StandardCharsets.UTF_8)).isEqualTo("{\"room\":\"hall\",\"t\":21}");
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("floor.1.hall");
        assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(got.getProps().getMessageId())
                .isEqualTo(Long.toString(message.event().id()));
    }

    @Test
    void the_default_exchange_takes_the_name_of_a_queue() throws Exception {
        try (var destination = destination("", "hall")) {
            for (int i = 0; i < 20; i++) {
                assertThat(destination.send(json("{\"n\":" + i + "}"))).isEqualTo(Outcome.DONE);
            }
        }

        assertThat(take())
                .extracting(got -> new String(got.getBody(), StandardCharsets.UTF_8))
                .isEqualTo(IntStream.range(0, 20)
                        .mapToObj(i -> "{\"n\":" + i + "}")
                        .toList());
    }

    @Test
    void messages_on_their_way_together_are_told_apart() throws Exception {
        try (var destination = destination("readings", "floor.${floor}.x");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome>> sending = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Outgoing message = json("d" + i, "{\"floor\":" + i % 2 + "}");
                sending.add(() -> destination.send(message));
            }
            List<Future<Outcome>> outcomes = threads.invokeAll(sending);
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(outcomes.get(i).get()).isInstanceOf(i % 2 == 1 ? Outcome.Done.class : Outcome.Refused.class);
            }
        }
        assertThat(take()).hasSize(20);
    }

    @Test
    void what_no_queue_takes_is_refused() throws Exception {
        try (var destination = destination("readings", "floor.${floor}.hall")) {
            assertThat(destination.send(json("{\"floor\":2}")).toString())
                    .contains("Refused", "no queue takes", "floor.2.hall");
            assertThat(destination.send(json("{\"floor\":1}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void an_exchange_that_is_missing_is_trouble() throws Exception {
        try (var destination = destination("nowhere", "x")) {
            assertThat(retryReason(destination.send(json("{}")))).contains("404");
        }
    }

    @Test
    void a_broker_that_is_away_is_tried_again_until_it_is_back() throws Exception {
        try (var destination = destination("", "hall")) {
            assertThat(destination.send(json("{\"n\":1}"))).isEqualTo(Outcome.DONE);

            broker.kill();
            assertThat(destination.send(json("{\"n\":2}"))).isInstanceOf(Outcome.Retry.class);

            broker.restart();
            declare();
            assertThat(destination.send(json("{\"n\":2}"))).isEqualTo(Outcome.DONE);
        }
        assertThat(take()).hasSize(1);
    }

    @Test
    void a_broker_that_hangs_costs_a_bounded_time() throws Exception {
        DestinationConfig.RabbitMq config = config("", "hall", AmqpPeer.PASSWORD, broker.port(), null);
        try (var destination = new RabbitMqDestination(config, allowing("127.0.0.1"), patience(LITTLE_PATIENCE))) {
            assertThat(destination.send(json("{\"n\":1}"))).isEqualTo(Outcome.DONE);
            try (var _ = broker.hold()) {
                assertThat(retryReason(destination.send(json("{\"n\":2}")))).contains("did not answer within");
            }
            assertThat(destination.send(json("{\"n\":3}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void a_wrong_password_is_said_and_not_shown() throws Exception {
        try (var destination = destination("", "hall", "wrong one", broker.port(), null, allowing("127.0.0.1"))) {
            assertThat(retryReason(destination.send(json("{}"))))
                    .containsIgnoringCase("authentication")
                    .doesNotContain("wrong one");
        }
    }

    @Test
    void the_gate_decides() throws Exception {
        try (var destination = destination("", "hall", AmqpPeer.PASSWORD, broker.port(), null, allowing())) {
            assertThat(retryReason(destination.send(json("{}")))).contains("rule.allow");
        }
    }

    @Test
    void tls_trusts_the_given_root_and_no_other() throws Exception {
        OutboundGate gate = allowing("127.0.0.1");
        try (var right = destination("", "hall", AmqpPeer.PASSWORD, broker.tlsPort(), broker.ca(), gate)) {
            assertThat(right.send(json("{}"))).isEqualTo(Outcome.DONE);
        }
        String other = TestIdentity.create(directory.resolve("other")).ca();
        try (var wrong = destination("", "hall", AmqpPeer.PASSWORD, broker.tlsPort(), other, gate)) {
            assertThat(retryReason(wrong.send(json("{}")))).contains("no trusted TLS connection");
        }
    }

    @Test
    void a_routing_key_that_is_too_long_is_refused() throws Exception {
        try (var destination = destination("", "${name}")) {
            assertThat(refusal(destination.send(json("{\"name\":\"" + "ü".repeat(128) + "\"}"))))
                    .contains("255 bytes");
        }
    }

    private static RabbitMqDestination destination(String exchange, String key) {
        return destination(exchange, key, AmqpPeer.PASSWORD, broker.port(), null, allowing("127.0.0.1"));
    }

    private static RabbitMqDestination destination(
            String exchange, String key, String password, int port, @Nullable String ca, OutboundGate gate) {
        return new RabbitMqDestination(config(exchange, key, password, port, ca), gate, patience(PATIENCE));
    }

    private static DestinationConfig.RabbitMq config(
            String exchange, String key, String password, int port, @Nullable String ca) {
        return new DestinationConfig.RabbitMq(
                "127.0.0.1", port, "/", exchange, key, AmqpPeer.USER, new Hidden(password), ca != null, ca);
    }

    /// All there is in the queue.
    private static List<GetResponse> take() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            List<GetResponse> all = new ArrayList<>();
            for (GetResponse got = channel.basicGet("hall", true); got != null; got = channel.basicGet("hall", true)) {
                all.add(got);
            }
            return all;
        }
    }

    private static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(AmqpPeer.USER);
        factory.setPassword(AmqpPeer.PASSWORD);
        factory.setHandshakeTimeout(60_000);
        return factory.newConnection();
    }
}
