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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaLogTest extends DurableLogContract {
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
        allDone(durable);

        assertThat(texts(log, partitionOf("d"), 0)).hasSize(300).isEqualTo(numbers(300));
    }

    @Test
    void brokers_that_stay_away_refuse_in_time_and_the_operator_hears_of_it_until_they_are_back() throws Exception {
        log.close();
        log = open(Duration.ofSeconds(2));
        done(append(log, message("d", "0")));
        try (AutoCloseable _ = broker.hold()) {
            CompletableFuture<Void> refused = append(log, message("d", "lost"));
            await().atMost(Duration.ofSeconds(10)).until(refused::isCompletedExceptionally);
            assertThat(alarms).containsExactly("event-log");
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
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

    private DurableLog open(Duration timeout) {
        KafkaConfig config =
                new KafkaConfig(broker.servers(), topic, 3, 1, Duration.ofHours(48), timeout, 2 << 20, 1 << 20, "");
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
