package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.credential.ServerIdentity;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.Refusal;
import io.berth.core.login.RefusalStore;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Things;
import io.berth.dialect.MqttLogins;
import io.berth.net.HttpWire;
import io.berth.testing.MemoryThings;
import io.berth.tls.ServerCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// A front on free ports and everything behind it, so that a test can look at both ends.
final class MqttBed implements AutoCloseable {
    /// One identity for all tests: making keys takes time.
    static final ServerIdentity IDENTITY = identity();

    /// A connect timeout for a bed whose seconds are short, in those: it is over long after the test.
    static final Duration NO_HURRY = Duration.ofMinutes(10);

    final FakeDialect dialect = new FakeDialect();
    final FakeDirectory directory = new FakeDirectory();
    final MemorySessionStore store;
    final RecordingLog log = new RecordingLog();
    final CountingTraffic traffic = new CountingTraffic();
    final Refusals refusals = new Refusals();
    final MemoryThings things = new MemoryThings();
    private final Events events = new Events(log, InstantSource.system());
    final Sessions sessions = new Sessions(events, _ -> {});
    final Downlinks downlinks;
    final Messages messages;
    final MqttFront front;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    private MqttBed(Builder builder) {
        store = builder.store;
        downlinks = new Downlinks(sessions, store);
        messages = new Messages(downlinks, events, 0);
        MqttPlatform platform = new MqttPlatform(
                new MqttLogins(List.of(dialect), directory),
                directory,
                sessions,
                new Uplinks(
                        events,
                        new Things(things, InstantSource.system()),
                        new Requests(downlinks, sessions, 10, 0),
                        Uplinks.LateReplies.IGNORED),
                messages,
                store,
                refusals,
                new LoginGuard(builder.maxFailures, Duration.ofMinutes(1), 1000, InstantSource.system()),
                new LoginGuard(1000, Duration.ofMinutes(1), 1000, InstantSource.system()),
                traffic,
                builder.clock);
        front = new MqttFront(
                platform,
                builder.config(),
                new TlsContexts(IDENTITY, builder.listeners),
                builder.listeners,
                HttpWire.NONE,
                builder.beat);
        front.start().forEach(bound -> ports.put(bound.name(), bound.port()));
    }

    static MqttBed start() {
        return new Builder().start();
    }

    static Builder with() {
        return new Builder();
    }

    static final class Builder {
        private static final MqttConfig USUAL = MqttConfig.defaults();

        private int loops = USUAL.eventLoops();
        private Duration connectTimeout = USUAL.connectTimeout();
        private int maxConnections = USUAL.maxConnections();
        private int maxPendingLogins = USUAL.maxPendingLogins();
        private MqttConfig.SessionLimits session = USUAL.session();
        private MqttConfig.Drain drain = USUAL.drain();
        private MqttConfig.Quotas quotas = USUAL.quotas();
        private MqttConfig.Psk psk = USUAL.psk();
        private Duration beat = Duration.ofSeconds(1);
        private MemorySessionStore store = new MemorySessionStore();
        private int maxFailures = 5;
        private InstantSource clock = InstantSource.system();
        private List<ListenerConfig> listeners =
                List.of(new ListenerConfig("mqtt", ListenerConfig.Kind.MQTT, "localhost", 0, false));

        /// Every kind of listener, not only the plain one.
        Builder allListeners() {
            return listeners(
                    new ListenerConfig("mqtt", ListenerConfig.Kind.MQTT, "localhost", 0, false),
                    new ListenerConfig("mqtts", ListenerConfig.Kind.MQTT_TLS, "127.0.0.1", 0, false),
                    new ListenerConfig("https", ListenerConfig.Kind.WEB, "127.0.0.1", 0, false),
                    new ListenerConfig("old", ListenerConfig.Kind.MQTT, "127.0.0.1", 0, true));
        }

        Builder loops(int count) {
            loops = count;
            return this;
        }

        Builder connectTimeout(Duration patience) {
            connectTimeout = patience;
            return this;
        }

        /// All of the connections may be without a login.
        Builder room(int connections, int pendingLogins) {
            maxConnections = connections;
            maxPendingLogins = pendingLogins;
            return this;
        }

        Builder session(UnaryOperator<MqttConfig.SessionLimits> change) {
            session = change.apply(session);
            return this;
        }

        Builder drain(MqttConfig.Drain how) {
            drain = how;
            return this;
        }

        Builder quotas(MqttConfig.Quotas some) {
            quotas = some;
            return this;
        }

        /// A listener for pre-shared keys beside the plain one, both on one event loop.
        Builder preSharedKeys(MqttConfig.Psk limits) {
            listeners(
                    new ListenerConfig("mqtt", ListenerConfig.Kind.MQTT, "localhost", 0, false),
                    new ListenerConfig("mqtt-psk", ListenerConfig.Kind.MQTT_PSK, "127.0.0.1", 0, false),
                    new ListenerConfig("old-psk", ListenerConfig.Kind.MQTT_PSK, "127.0.0.1", 0, true));
            psk = limits;
            return loops(1);
        }

        /// How long the front takes a second to be.
        Builder second(Duration length) {
            beat = length;
            return this;
        }

        Builder store(MemorySessionStore kept) {
            store = kept;
            return this;
        }

        /// What the front reads the time from.
        Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        Builder listeners(ListenerConfig... chosen) {
            listeners = List.of(chosen);
            return this;
        }

        MqttBed start() {
            return new MqttBed(this);
        }

        private MqttConfig config() {
            return new MqttConfig(
                    loops,
                    connectTimeout,
                    USUAL.enrolledFor(),
                    USUAL.maxPacketBytes(),
                    maxConnections,
                    Math.min(maxConnections, USUAL.maxWaitingConnections()),
                    maxPendingLogins,
                    session,
                    drain,
                    quotas,
                    psk);
        }
    }

    int port(String listener) {
        return Objects.requireNonNull(ports.get(listener));
    }

    RawClient client() {
        return RawClient.open(port("mqtt"));
    }

    RecordingDelivery send(String device, String topic, Qos qos, String text) {
        RecordingDelivery delivery = new RecordingDelivery();
        return send(device, new Downlink.Message(topic, qos, Payload.of(text)), delivery);
    }

    RecordingDelivery send(String device, Downlink.Message message, RecordingDelivery delivery) {
        downlinks.send(new DeviceId("p", device), message, delivery);
        return delivery;
    }

    boolean isOnline(String device) {
        return sessions.find(new DeviceId("p", device)) != null;
    }

    @Override
    public void close() {
        front.close();
    }

    /// Keeps refusals.
    static final class Refusals implements RefusalStore {
        final List<Refusal> all = new CopyOnWriteArrayList<>();

        @Override
        public void add(Refusal refusal) {
            all.add(refusal);
        }

        @Override
        public List<Refusal> find(DeviceId device, int limit) {
            return all.stream()
                    .filter(one -> device.equals(one.device()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Refusal> findClaimed(String claimed, int limit) {
            return all.stream()
                    .filter(one -> one.claimed().equals(claimed))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Refusal> newest(int limit) {
            return all.reversed().stream().limit(limit).toList();
        }
    }

    private static ServerIdentity identity() {
        try {
            Path directory = Files.createTempDirectory("berth-mqtt-test");
            directory.toFile().deleteOnExit();
            return new ServerCertificates(directory, List.of(), InstantSource.system()).loadOrCreate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
