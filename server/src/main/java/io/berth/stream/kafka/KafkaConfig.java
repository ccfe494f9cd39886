package io.berth.stream.kafka;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// Where events are kept at scale.
///
/// @param servers `host:port,host:port` to begin with; empty for the embedded log
/// @param topic made at the first start when it is missing
/// @param partitions of the topic when it is made; fixed from then on, because devices keep theirs
/// @param replicas of each partition when the topic is made
/// @param keepFor how long events are kept, set when the topic is made
/// @param appendTimeout how long an event may wait for the brokers before its device is refused
/// @param maxWaitingBytes octets that wait for the brokers before more events are refused
/// @param recentBytes octets of events kept in memory for live readers
/// @param clientProperties a Java properties file with more settings of the clients, such as TLS and SASL;
/// empty for none
public record KafkaConfig(
        String servers,
        String topic,
        int partitions,
        int replicas,
        Duration keepFor,
        Duration appendTimeout,
        int maxWaitingBytes,
        int recentBytes,
        String clientProperties) {
    public static final KafkaConfig DEFAULT = new KafkaConfig(
            "", "berth-events", 12, 1, Duration.ofDays(2), Duration.ofSeconds(20), 64 << 20, 64 << 20, "");

    public KafkaConfig {
        require(!topic.isBlank(), "stream.kafka.topic must not be empty");
        require(partitions >= 1 && partitions <= 1_000, "stream.kafka.partitions is 1 to 1000");
        require(replicas >= 1, "stream.kafka.replicas is at least 1");
        require(keepFor.isPositive(), "stream.kafka.keep-for must be positive");
        require(appendTimeout.toMillis() >= 1_000, "stream.kafka.append-timeout is at least 1 s");
        require(maxWaitingBytes >= 1 << 20, "stream.kafka.max-waiting-bytes is at least 1 MB");
        require(recentBytes >= 1 << 20, "stream.kafka.recent-bytes is at least 1 MB");
    }
}
