package io.berth.stream.kafka;

import static io.berth.testing.SampleEvents.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import io.berth.stream.DurableLog;
import io.berth.stream.DurableLogContract;
import io.berth.testing.KafkaPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(400)
final class KafkaLogTest extends DurableLogContract {
    /// Longer than a broker takes to come back.
    private static final Duration OUTAGE = Duration.ofSeconds(150);

    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static KafkaPeer broker;

    private final Set<String> alarms = ConcurrentHashMap.newKeySet();
    private String topic = "";

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = KafkaPeer.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Override
    protected DurableLog open() {
        if (topic.isEmpty()) {
            topic = "events-" + TOPICS.incrementAndGet();
        }
        return open(Duration.ofSeconds(30));
    }

    @Override
    protected AutoCloseable stall() {
        return broker.hold();
    }

    @Test
    void what_was_acknowledged_outlives_a_broker_that_is_killed_and_the_rest_follows_when_it_is_back() {
        log.close();
        log = open(OUTAGE);
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            durable.add(append(log, message("d", Integer.toString(i))));
            if (i == 100) {
                done(durable.get(100));
                broker.kill();
            }
            if (i == 200) {
                broker.restart();
            }
        }
        assertThat(CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new)))
                .succeedsWithin(OUTAGE);

        assertThat(texts(log, partitionOf("d"), 0)).hasSize(300).isEqualTo(numbers(300));
    }

    @Test
    void brokers_that_stay_away_refuse_in_time_and_the_operator_hears_of_it_until_they_are_back() throws Exception {
        log.close();
        log = open(Duration.ofSeconds(8));
        done(append(log, message("d", "0")));
        try (AutoCloseable _ = broker.hold()) {
            CompletableFuture<Void> refused = append(log, message("d", "lost"));
            await().atMost(Duration.ofSeconds(60)).until(refused::isCompletedExceptionally);
            assertThat(alarms).containsExactly("event-log");
        }
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            done(append(log, message("d", "1")));
            assertThat(alarms).isEmpty();
        });
    }

    @Test
    void what_another_node_appends_is_followed_too() {
        List<Integer> heard = new ArrayList<>();
        log.follow(partition -> {
            synchronized (heard) {
                heard.add(partition);
            }
        });
        try (DurableLog other = open()) {
            done(append(other, message("d", "from there")));
        }
        await().untilAsserted(() -> {
            synchronized (heard) {
                assertThat(heard).isNotEmpty();
            }
        });
        assertThat(texts(log, partitionOf("d"), 0)).containsExactly("from there");
    }

    @Test
    void two_nodes_that_append_in_turns_read_the_same_at_the_same_offsets_each_event_once() {
        try (DurableLog other = open()) {
            for (int i = 0; i < 100; i++) {
                done(append(i % 3 == 0 ? other : log, message("d", Integer.toString(i))));
            }
            int partition = partitionOf("d");

            // what the other appended last is here a moment later
            await().untilAsserted(() -> assertThat(texts(log, partition, 0)).isEqualTo(numbers(100)));
            await().untilAsserted(() -> assertThat(all(other, partition)).isEqualTo(all(log, partition)));
        }
    }

    @Test
    void a_record_that_holds_no_events_is_passed_over() throws Exception {
        done(append(log, message("d", "0")));
        int partition = partitionOf("d");
        try (Producer<byte[], byte[]> stranger = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.servers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            stranger.send(new ProducerRecord<>(topic, partition, null, new byte[] {5, 1, 2}))
                    .get(30, TimeUnit.SECONDS);
            stranger.send(new ProducerRecord<>(topic, partition, null, null)).get(30, TimeUnit.SECONDS);
        }
        done(append(log, message("d", "1")));

        assertThat(texts(log, partition, 0)).containsExactly("0", "1");
        reopen();
        assertThat(texts(log, partition, 0)).containsExactly("0", "1");
    }

    private DurableLog open(Duration timeout) {
        KafkaConfig config =
                new KafkaConfig(broker.servers(), topic, 3, 1, Duration.ofDays(2), timeout, 2 << 20, 1 << 20, "");
        return KafkaLog.open(config, new AlarmBell() {
            @Override
            public void raise(String source, Alarm.Severity severity, String text) {
                alarms.add(source);
            }

            @Override
            public void clear(String source) {
                alarms.remove(source);
            }
        });
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }
}
