package io.berth.stream.kafka;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Finds the topic of the log, or makes it.
final class KafkaTopic {
    private static final long PATIENCE_SECONDS = 30;

    private KafkaTopic() {}

    /// How many partitions it has. STORAGE_UNAVAILABLE when the brokers do not answer.
    static int open(KafkaClients clients, KafkaConfig config) {
        try (Admin admin = clients.admin()) {
            try {
                return partitions(admin, config.topic());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
            create(admin, config);
            return config.partitions();
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(
                    Problem.STORAGE_UNAVAILABLE, "Kafka at " + config.servers() + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "interrupted while opening Kafka", e);
        }
    }

    private static int partitions(Admin admin, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .partitions()
                .size();
    }

    private static void create(Admin admin, KafkaConfig config)
            throws ExecutionException, InterruptedException, TimeoutException {
        NewTopic topic = new NewTopic(config.topic(), config.partitions(), (short) config.replicas())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(config.keepFor().toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(KafkaClients.MAX_RECORD_BYTES),
                        // a node's clock may be ahead; brokers refuse an hour of that by themselves
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        Long.toString(Long.MAX_VALUE),
                        // with three replicas one broker may be away
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Integer.toString(Math.max(1, config.replicas() - 1))));
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // another node was faster
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
