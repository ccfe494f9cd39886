package io.berth.rule.kafka;

import io.berth.rule.OutboundGate;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.BootstrapConfiguration;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.ProducerInterceptors;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/// A producer of Kafka's own whose network is a [GuardedSelector]. It is put together here as its public
/// constructor does; the constructor that takes a network is not public. A release of the client that does this
/// differently does not compile or fails the tests of the gate: it can not go round the gate unnoticed.
final class GatedProducer implements AutoCloseable {
    private static final Duration END_PATIENCE = Duration.ofSeconds(1);

    private final KafkaProducer<byte[], byte[]> producer;
    private final GuardedSelector selector;
    private final Metrics metrics;

    private GatedProducer(KafkaProducer<byte[], byte[]> producer, GuardedSelector selector, Metrics metrics) {
        this.producer = producer;
        this.selector = selector;
        this.metrics = metrics;
    }

    /// A KafkaException when no server's name is known.
    static GatedProducer open(ProducerSettings settings, OutboundGate gate) {
        ProducerConfig config = new ProducerConfig(settings.properties());
        LogContext log = new LogContext("[" + config.getString(ProducerConfig.CLIENT_ID_CONFIG) + "] ");
        Metrics metrics = new Metrics();
        ProducerMetadata metadata = new ProducerMetadata(
                config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                config.getLong(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG),
                log,
                new ClusterResourceListeners());
        metadata.bootstrap(ClientUtils.parseAndValidateAddresses(
                config.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG),
                config.getString(ProducerConfig.CLIENT_DNS_LOOKUP_CONFIG)));
        GuardedSelector selector = new GuardedSelector(
                gate,
                config.getLong(ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG),
                metrics,
                ClientUtils.createChannelBuilder(config, Time.SYSTEM, log),
                log);
        ApiVersions versions = new ApiVersions();
        KafkaClient network = network(config, selector, metadata, versions);
        return new GatedProducer(producer(config, metadata, network, versions), selector, metrics);
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> made) {
        return producer.send(made);
    }

    /// Why a server was not connected to, empty when none was refused.
    Optional<String> refusal() {
        return selector.refusal();
    }

    @Override
    public void close() {
        producer.close(END_PATIENCE);
        metrics.close();
    }

    private static KafkaClient network(
            ProducerConfig config, GuardedSelector selector, ProducerMetadata metadata, ApiVersions versions) {
        return new NetworkClient(
                selector,
                metadata,
                config.getString(ProducerConfig.CLIENT_ID_CONFIG),
                config.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                config.getLong(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG),
                config.getLong(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG),
                config.getInt(ProducerConfig.SEND_BUFFER_CONFIG),
                config.getInt(ProducerConfig.RECEIVE_BUFFER_CONFIG),
                config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                config.getLong(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG),
                config.getLong(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG),
                Time.SYSTEM,
                true,
                versions,
                new LogContext(),
                MetadataRecoveryStrategy.REBOOTSTRAP,
                BootstrapConfiguration.DISABLED,
                false);
    }

    private static KafkaProducer<byte[], byte[]> producer(
            ProducerConfig config, ProducerMetadata metadata, KafkaClient network, ApiVersions versions) {
        try {
            Constructor<?> constructor = KafkaProducer.class.getDeclaredConstructor(
                    ProducerConfig.class,
                    Serializer.class,
                    Serializer.class,
                    ProducerMetadata.class,
                    KafkaClient.class,
                    ProducerInterceptors.class,
                    ApiVersions.class,
                    Time.class);
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked") // by the serializers it is given
            KafkaProducer<byte[], byte[]> made = (KafkaProducer<byte[], byte[]>) constructor.newInstance(
                    config,
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    metadata,
                    network,
                    null, // interceptors: none are configured
                    versions,
                    Time.SYSTEM);
            return made;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Kafka's client has changed", e);
        }
    }
}
