package io.berth.rule.kafka;

import static io.berth.core.ProblemException.require;

import io.berth.rule.DestinationConfig;
import io.berth.rule.DestinationConfig.Kafka.Mechanism;
import io.berth.rule.TrustedRoots;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What a destination's configuration says in the words of Kafka's client.
///
/// @param properties with secrets in them: never to be printed
record ProducerSettings(Map<String, Object> properties) {
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\s\\[\\]]+):[0-9]{1,5}");
    private static final AtomicInteger COUNT = new AtomicInteger();

    /// Larger than what brokers take as they come: what is too large is theirs to say.
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private static final long BUFFER_BYTES = 64L << 20;

    /// INVALID_ARGUMENT when the client could not be made of it.
    static ProducerSettings of(DestinationConfig.Kafka config, Duration patience) {
        require(!config.servers().isEmpty(), "\"servers\" names at least one host:port");
        config.servers()
                .forEach(server ->
                        require(SERVER.matcher(server).matches(), "\"servers\": \"" + server + "\" is no host:port"));
        require((config.user() == null) == (config.password() == null), "\"user\" and \"password\" go together");
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.servers());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "berth-rule-" + COUNT.incrementAndGet());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        bound(properties, (int) patience.toMillis());
        secure(properties, config);
        return new ProducerSettings(Map.copyOf(properties));
    }

    /// One half for finding out where a topic is, one for bringing the message there.
    private static void bound(Map<String, Object> properties, int patienceMillis) {
        int half = Math.max(1, patienceMillis / 2);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, half);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, half);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, half);
        properties.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, half);
        properties.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, half);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, Math.min(1_000, half));
    }

    private static void secure(Map<String, Object> properties, DestinationConfig.Kafka config) {
        properties.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                (config.user() == null ? "" : "SASL_") + (config.tls() ? "SSL" : "PLAINTEXT"));
        if (config.ca() != null) {
            TrustedRoots.context(config.ca()); // says it better than the client when it is none
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, config.ca());
        }
        if (config.user() != null && config.password() != null) {
            properties.put(SaslConfigs.SASL_MECHANISM, config.mechanism().name().replace('_', '-'));
            String module = config.mechanism() == Mechanism.PLAIN ? "plain.Plain" : "scram.Scram";
            properties.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security." + module + "LoginModule required username="
                            + quoted(config.user()) + " password="
                            + quoted(config.password().text()) + ";");
        }
    }

    private static String quoted(String text) {
        require(text.chars().noneMatch(Character::isISOControl), "\"user\" or \"password\" has odd characters");
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "settings of " + properties.get(ProducerConfig.CLIENT_ID_CONFIG);
    }
}
