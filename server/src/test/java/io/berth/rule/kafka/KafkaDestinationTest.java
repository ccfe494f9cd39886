package io.berth.rule.kafka;

import static io.berth.rule.Outgoings.allowing;
import static io.berth.rule.Outgoings.json;
import static io.berth.rule.Outgoings.patience;
import static io.berth.rule.Outgoings.refusal;
import static io.berth.rule.Outgoings.retryReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.ProblemException;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Hidden;
import io.berth.rule.DestinationConfig.Kafka.Mechanism;
import io.berth.rule.OutboundGate;
import io.berth.testing.KafkaPeer;
import io.berth.testing.KeptPort;
import io.berth.testing.Relay;
import io.berth.testing.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a broker with four ways in: plain, with a login, with TLS, and one that says of itself that it is at
/// another port.
@Tag("slow")
@Timeout(300)
final class KafkaDestinationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// With a broker that never takes what it is sent: half of it is waited for.
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(12);

    private static final int PARTITIONS = 3;
    private static final String USER = "berth";
    private static final String PASSWORD = "kafka \"secret\\";

    @TempDir
    static Path directory;

    private static KafkaPeer broker;
    private static Admin admin;
    private static TestIdentity identity;
    private static KeptPort loginPort;
    private static KeptPort tlsPort;
    private static KeptPort elsewherePort;
    private static Relay elsewhere;

    @BeforeAll
    static void start() throws Exception {
        loginPort = new KeptPort();
        tlsPort = new KeptPort();
        elsewherePort = new KeptPort();
        elsewhere = new Relay(elsewherePort.number());
        identity = TestIdentity.create(directory.resolve("tls"));
        broker = KafkaPeer.start(directory.resolve("kafka"), settings());
        admin = Admin.create(Map.of("bootstrap.servers", broker.servers()));
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                .all()
                .get(60, TimeUnit.SECONDS);
        for (String topic : List.of("readings", "again", "elsewhere", "login", "tls")) {
            create(topic);
        }
    }

    @AfterAll
    static void stop() {
        admin.close(Duration.ofSeconds(1));
        broker.close();
        elsewhere.close();
        List.of(loginPort, tlsPort, elsewherePort).forEach(KeptPort::close);
    }

    @Test
    void a_devices_messages_stay_in_order_in_one_partition() throws Exception {
        try (var destination = destination("readings", broker.servers())) {
            for (int i = 0; i < 30; i++) {
                assertThat(destination.send(json("d" + i % 3, "{\"n\":" + i + "}")))
                        .isEqualTo(Outcome.DONE);
            }
        }

        List<ConsumerRecord<String, String>> records = read("readings");
        assertThat(records).hasSize(30);
        for (int device = 0; device < 3; device++) {
            String key = "pk/d" + device;
            int first = device;
            List<ConsumerRecord<String, String>> own =
                    records.stream().filter(record -> record.key().equals(key)).toList();
            assertThat(own)
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(own.getFirst().partition());
            assertThat(own)
                    .extracting(ConsumerRecord::value)
                    .isEqualTo(IntStream.range(0, 10)
                            .mapToObj(i -> "{\"n\":" + (first + 3 * i) + "}")
                            .toList());
        }
    }

    @Test
    void a_broker_that_is_away_is_tried_again_until_it_is_back() throws Exception {
        try (var destination = hasty("again", broker.servers(), allowing("127.0.0.1"))) {
            assertThat(destination.send(json("{\"n\":1}"))).isEqualTo(Outcome.DONE);

            broker.kill();
            long start = System.nanoTime();
            assertThat(destination.send(json("{\"n\":2}"))).isInstanceOf(Outcome.Retry.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));

            broker.restart();
            // not while it elects its leaders
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> destination.send(json("{\"n\":3}")).equals(Outcome.DONE));
        }
        assertThat(read("again"))
                .extracting(ConsumerRecord::value)
                .startsWith("{\"n\":1}")
                .endsWith("{\"n\":3}");
    }

    @Test
    void a_topic_that_is_missing_is_trouble() throws Exception {
        try (var destination = hasty("nowhere", broker.servers(), allowing("127.0.0.1"))) {
            assertThat(retryReason(destination.send(json("{}")))).contains("nowhere");
        }
    }

    @Test
    void what_kafka_never_takes_is_refused() throws Exception {
        try (var destination = destination("${topic}", broker.servers())) {
            assertThat(refusal(destination.send(json("{\"topic\":\"no/topic\"}"))))
                    .contains("no/topic");
            String large = "x".repeat(2 << 20);
            assertThat(refusal(destination.send(json("{\"topic\":\"readings\",\"x\":\"" + large + "\"}"))))
                    .contains("larger than");
        }
    }

    @Test
    void logs_in_with_scram() throws Exception {
        try (var destination = login(Mechanism.SCRAM_SHA_512, PASSWORD)) {
            assertThat(destination.send(json("{}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void logs_in_with_a_plain_password() throws Exception {
        try (var destination = login(Mechanism.PLAIN, "plain")) {
            assertThat(destination.send(json("{}"))).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void a_wrong_password_is_said_and_not_shown() throws Exception {
        try (var destination = login(Mechanism.SCRAM_SHA_512, "wrong one")) {
            assertThat(retryReason(destination.send(json("{}"))))
                    .containsIgnoringCase("authentication failed")
                    .doesNotContain("wrong one");
        }
    }

    @Test
    void tls_trusts_the_given_root_and_no_other() throws Exception {
        try (var right = tls(identity.ca())) {
            assertThat(right.send(json("{}"))).isEqualTo(Outcome.DONE);
        }
        try (var wrong = tls(TestIdentity.create(directory.resolve("other")).ca())) {
            assertThat(retryReason(wrong.send(json("{}")))).contains("no trusted TLS connection");
        }
    }

    @Test
    void the_gate_decides() throws Exception {
        try (var destination = hasty("readings", broker.servers(), allowing())) {
            assertThat(retryReason(destination.send(json("{}")))).contains("127.0.0.1 is 127.0.0.1", "rule.allow");
        }
    }

    @Test
    void the_gate_decides_about_brokers_that_kafka_names_too() throws Exception {
        String told = "127.0.0.1:" + elsewherePort.number();
        String learnt = "127.0.0.1:" + elsewhere.port();
        try (var destination = hasty("elsewhere", told, allowing(told))) {
            assertThat(retryReason(destination.send(json("{}")))).contains(learnt, "rule.allow");
        }
        assertThat(elsewhere.connections()).isZero();

        try (var destination = destination("elsewhere", told, allowing(told, learnt))) {
            assertThat(destination.send(json("{}"))).isEqualTo(Outcome.DONE);
        }
        assertThat(elsewhere.connections()).isPositive();
    }

    @Test
    void what_cannot_work_is_refused_at_once() {
        assertThatThrownBy(() -> destination("t", "no-port")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> destination("${", "a:1")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> tls("no certificate")).isInstanceOf(ProblemException.class);
    }

    private static KafkaDestination destination(String topic, String servers) {
        return destination(topic, servers, allowing("127.0.0.1"));
    }

    private static KafkaDestination destination(String topic, String servers, OutboundGate gate) {
        return destination(topic, servers, null, Mechanism.PLAIN, null, gate);
    }

    private static KafkaDestination hasty(String topic, String servers, OutboundGate gate) {
        return new KafkaDestination(
                config(topic, servers, null, Mechanism.PLAIN, null), gate, patience(LITTLE_PATIENCE));
    }

    private static KafkaDestination login(Mechanism mechanism, String password) {
        return destination(
                "login", "127.0.0.1:" + loginPort.number(), null, mechanism, password, allowing("127.0.0.1"));
    }

    private static KafkaDestination tls(String ca) {
        return destination("tls", "127.0.0.1:" + tlsPort.number(), ca, Mechanism.PLAIN, null, allowing("127.0.0.1"));
    }

    private static KafkaDestination destination(
            String topic,
            String servers,
            @Nullable String ca,
            Mechanism mechanism,
            @Nullable String password,
            OutboundGate gate) {
        return new KafkaDestination(config(topic, servers, ca, mechanism, password), gate, patience(PATIENCE));
    }

    private static DestinationConfig.Kafka config(
            String topic, String servers, @Nullable String ca, Mechanism mechanism, @Nullable String password) {
        Optional<String> secret = Optional.ofNullable(password);
        return new DestinationConfig.Kafka(
                List.of(servers),
                topic,
                null,
                ca != null,
                ca,
                mechanism,
                secret.isPresent() ? USER : null,
                secret.map(Hidden::new).orElse(null));
    }

    private static String settings() {
        return """
                listeners=PLAINTEXT://127.0.0.1:%%1$d,CONTROLLER://127.0.0.1:%%2$d,LOGIN://127.0.0.1:%1$d,TLS://127.0.0.1:%2$d,ELSEWHERE://127.0.0.1:%3$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%%1$d,LOGIN://127.0.0.1:%1$d,TLS://127.0.0.1:%2$d,ELSEWHERE://127.0.0.1:%5$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_PLAINTEXT,TLS:SSL,ELSEWHERE:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                listener.name.login.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
                listener.name.login.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_berth="plain";
                listener.name.login.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                listener.name.tls.ssl.keystore.type=PEM
                listener.name.tls.ssl.keystore.location=%4$s
                auto.create.topics.enable=false
                """.formatted(
                        loginPort.number(), tlsPort.number(), elsewherePort.number(), keyAndChain(), elsewhere.port());
    }

    /// One file with both, as Kafka reads it.
    private static Path keyAndChain() {
        try {
            Path both = directory.resolve("both.pem");
            Files.writeString(both, Files.readString(identity.key()) + Files.readString(identity.chain()));
            return both;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get(60, TimeUnit.SECONDS);
    }

    private static List<ConsumerRecord<String, String>> read(String topic) {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.servers());
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (records.size() < all) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
