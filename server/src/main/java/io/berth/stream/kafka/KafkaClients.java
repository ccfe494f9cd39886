package io.berth.stream.kafka;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka's clients as Berth uses them.
final class KafkaClients {
    /// The largest message of a device (1 MiB) with its facts beside it.
    static final int MAX_RECORD_BYTES = 4 << 20;

    /// What a partition's smallest record takes of the producer's memory.
    private static final int LEAST_BYTES = 16 << 10;

    private static final int FETCH_BYTES = 1 << 20;
    private static final int FOLLOW_MILLIS = 50;

    private final KafkaConfig config;

    KafkaClients(KafkaConfig config) {
        this.config = config;
    }

    Admin admin() {
        return Admin.create(common("berth-admin"));
    }

    /// One that never loses, repeats or reorders what it was given, and gives up after the append timeout. It
    /// must not wait within `send`: the caller bounds what waits.
    Producer<byte[], byte[]> producer() {
        Properties properties = common("berth-log");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // a lane has gathered what belongs together already
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, LEAST_BYTES);
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * config.maxWaitingBytes() + (long) config.partitions() * LEAST_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // what is known of the partitions stays known while all brokers are away, …
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        // … or the first event after five quiet minutes would find no partitions known, and may not wait for them
        properties.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis());
        long patience = config.appendTimeout().toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience / 2);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// One that follows the ends. Most of what it meets this node wrote itself and has in memory already, so it
    /// asks seldom and for much at once; what other nodes append is later by that at most.
    Consumer<byte[], byte[]> follower() {
        Properties properties = reading("berth-tail");
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FOLLOW_MILLIS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// One that reads where it is told to.
    Consumer<byte[], byte[]> reader(String name) {
        return new KafkaConsumer<>(reading(name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Nobody of these belongs to a group of Kafka's.
    private Properties reading(String name) {
        Properties properties = common(name);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return properties;
    }

    private Properties common(String name) {
        Properties properties = new Properties();
        if (!config.clientProperties().isEmpty()) {
            try (Reader file = Files.newBufferedReader(Path.of(config.clientProperties()))) {
                properties.load(file);
            } catch (IOException e) {
                throw new UncheckedIOException("stream.kafka.client-properties cannot be read", e);
            }
        }
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.servers());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, name);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int)
                Duration.ofSeconds(1).toMillis());
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
