package io.berth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.api.NodeFacts;
import io.berth.config.Settings;
import io.berth.core.alarm.Alarms;
import io.berth.core.caller.Callers;
import io.berth.core.credential.ServerIdentity;
import io.berth.core.line.Stations;
import io.berth.front.coap.CoapFront;
import io.berth.front.http.HttpFront;
import io.berth.front.mqtt.ListenerConfig;
import io.berth.front.mqtt.MqttFront;
import io.berth.front.mqtt.TlsContexts;
import io.berth.net.BoundListener;
import io.berth.ops.Health;
import io.berth.ops.Metrics;
import io.berth.storage.MasterKey;
import io.berth.storage.Storage;
import io.berth.stream.amqp.AmqpServer;
import io.berth.tls.HttpsContext;
import io.berth.tls.ServerCertificates;
import io.berth.web.Endpoint;
import io.berth.web.WebListener;
import io.berth.web.WebServer;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: every object built with plain constructors, started bottom up, stopped top down.
final class Berth implements AutoCloseable {
    static final String VERSION = Optional.ofNullable(Berth.class.getPackage().getImplementationVersion())
            .orElse("dev");

    private static final String NODE = "local";
    private static final Logger LOG = LoggerFactory.getLogger(Berth.class);
    private static final Duration DRAIN_GRACE = Duration.ofSeconds(3);

    private final InstantSource clock;
    private final Config config;
    private final DataDirectory data;

    /// What was started, the newest first: closed in this order.
    private final Deque<Started> started = new ArrayDeque<>();

    private final OpenListeners listeners = new OpenListeners();
    private Optional<Callers.FirstCredentials> firstCredentials = Optional.empty();

    private record Started(String what, AutoCloseable part) {}

    private Berth(Config config, DataDirectory data, InstantSource clock) {
        this.config = config;
        this.data = data;
        this.clock = clock;
    }

    /// Starts the server, or throws an exception whose message tells the operator why it cannot; then nothing
    /// is left running.
    static Berth start(UpArguments arguments, Map<String, String> environment, InstantSource clock) {
        Config config = Config.read(Settings.load(arguments.config(), arguments.settings()));
        Berth berth = new Berth(config, DataDirectory.open(arguments.data(), arguments.ephemeral()), clock);
        try {
            berth.build(environment);
            return berth;
        } catch (RuntimeException e) {
            berth.close();
            throw e;
        }
    }

    private void build(Map<String, String> environment) {
        open("data directory", data);
        data.withdraw(RuntimeFile.NAME); // left behind by a killed server

        // natives, keys and the database each take a tenth of a second: side by side
        CompletableFuture<ServerIdentity> identity = CompletableFuture.supplyAsync(this::identity);
        CompletableFuture<TlsContexts> tls =
                identity.thenApply(shown -> new TlsContexts(shown, config.mqttListeners()));

        MasterKey key = MasterKey.load(data.state(), environment.get("BERTH_MASTER_KEY"));
        Storage storage = open("storage", Storage.open(config.storage(), data.state(), key, clock));

        Alarms alarms = new Alarms(storage.alarms(), config.alarms(), clock);
        Streams streams = open("event streams", new Streams(config, data.state(), storage.cursors(), alarms, clock));
        Metrics metrics = open("metrics", new Metrics());
        Platform platform = new Platform(storage, streams, alarms, metrics, config, this::filesUrl, clock);
        open("handover", platform.handover);
        open("scripts", platform.scripts);
        open("batches", platform.batches.runner());
        Forwarding forwarding = open("rules", new Forwarding(platform, streams, metrics, config.rule()));
        forwarding.start();
        Linkage linkage = open("scenes", new Linkage(platform, config)).start();
        linkage.register(metrics);
        NodeFacts facts =
                new NodeFacts(NODE, VERSION, ProcessHandle.current().pid(), clock.instant(), listeners::byName);
        NativeTable table = new NativeTable(
                platform,
                new NativeTable.Automation(forwarding.rules, forwarding.policies, linkage.scenes),
                facts,
                NODE);
        List<Endpoint> endpoints = new ArrayList<>(table.endpoints());
        endpoints.add(metrics.endpoint(platform.callers, platform.audited));
        Health health = new Health(
                Map.of(
                        "storage",
                        storage::answers,
                        "events",
                        streams::isWritable,
                        "listeners",
                        () -> !listeners.isEmpty()),
                Duration.ofSeconds(2));
        endpoints.addAll(health.endpoints());

        CompletableFuture<Optional<WebServer>> web = CompletableFuture.supplyAsync(() ->
                serve(endpoints, joined(identity), platform.line.operated().stations()));
        AmqpServer subscribers;
        try {
            subscribers = subscribe(platform, identity);
            open("visits", platform.visits::endAll);
            CompletableFuture<List<BoundListener>> coap = coap(platform, identity);
            HttpFront http = new HttpFront(platform.wires.http, config.http());
            MqttFront front =
                    new MqttFront(platform.wires.mqtt, config.mqtt(), joined(tls), config.mqttListeners(), http);
            open("mqtt", () -> drain(front));
            listeners.add(front.start());
            open("http", () -> drain(http)); // whose event loops are the MQTT front's
            listeners.add(joined(coap));
        } finally {
            joined(web).ifPresent(server -> open("web", server));
            open("live feed", streams.feed); // ends the tails, which would keep the web server waiting
            open("message streams", table);
        }
        open("housekeeping", new Housekeeping(platform, linkage.scenes, subscribers, config).start());
        metrics.watchJvm();
        platform.register(metrics);
        firstCredentials = platform.callers.bootstrap(); // last: a start that fails must not use up the one showing
        publish(platform.callers, joined(identity), joined(web));
    }

    /// Before the devices' listeners, so that it ends after them: subscribers hear of the devices' last words.
    private AmqpServer subscribe(Platform platform, CompletableFuture<ServerIdentity> identity) {
        AmqpServer server = new AmqpServer(
                platform.amqp, config.amqp(), () -> HttpsContext.of(joined(identity)), config.amqpListeners());
        open("amqp", () -> drain(server));
        listeners.add(server.start());
        return server;
    }

    /// Beside the other listeners: the DTLS library takes its time to load.
    private CompletableFuture<List<BoundListener>> coap(Platform platform, CompletableFuture<ServerIdentity> identity) {
        CoapFront front = open(
                "coap",
                new CoapFront(
                        platform.wires.coap,
                        config.coap(),
                        () -> HttpsContext.keys(joined(identity)),
                        config.coapListeners()));
        return CompletableFuture.supplyAsync(front::start);
    }

    /// Says what an operator needs to begin with.
    void announce(PrintWriter out, long millis) {
        out.println("Berth " + VERSION + " ready in " + millis + " ms");
        out.println();
        listeners.announce(out, legacyListeners());
        out.println("  data     " + data.state() + (data.ephemeral() ? " (removed at exit)" : ""));
        firstCredentials.ifPresent(first -> {
            out.println();
            out.println("First start. These are shown once:");
            out.println(
                    "  administrator  " + first.user() + "  " + first.password().reveal());
            out.println("  access key     " + first.accessKey().id() + "  "
                    + first.accessKey().secret().reveal());
        });
        out.println();
        out.flush();
    }

    /// Drains the devices' connections, then stops everything, the newest first. Safe to call twice.
    @Override
    public void close() {
        data.withdraw(RuntimeFile.NAME);
        data.withdraw(RuntimeFile.TOKEN);
        while (!started.isEmpty()) {
            Started last = started.pop();
            try {
                last.part().close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", last.what(), e);
            }
        }
    }

    int port(String listener) {
        return listeners.port(listener).orElseThrow(() -> new NoSuchElementException(listener));
    }

    /// Where devices reach the web listener: a listener on a free port has its address only once it is open.
    private String filesUrl() {
        if (!config.things().filesUrl().isEmpty()) {
            return config.things().filesUrl();
        }
        Config.Listener web = config.web();
        String host = web.bind().contains(":") ? "[" + web.bind() + "]" : web.bind();
        int port = listeners.port("web").orElse(web.port());
        return (web.tls() ? "https://" : "http://") + host + ":" + port;
    }

    private ServerIdentity identity() {
        Config.Tls tls = config.tls();
        return tls.certificate().isEmpty()
                ? new ServerCertificates(data.state().resolve("tls"), tls.names(), clock).loadOrCreate()
                : ServerCertificates.provided(Path.of(tls.certificate()), Path.of(tls.key()), Path.of(tls.ca()));
    }

    private Optional<WebServer> serve(List<Endpoint> endpoints, ServerIdentity identity, Stations stations) {
        Config.Listener listener = config.web();
        if (!listener.enabled()) {
            return Optional.empty();
        }
        WebListener.Tls tls = listener.tls()
                ? new WebListener.Tls(HttpsContext.takingCertificates(identity), stations::showCertificates)
                : null;
        WebListener at = new WebListener(listener.bind(), listener.port(), tls);
        try {
            return Optional.of(WebServer.start(at, config.webServer(), endpoints));
        } catch (BindException e) {
            throw new StartException(e.getMessage() + " choose another with listener.web.port", e);
        }
    }

    /// Lets the devices go as configured, but not for ever.
    private void drain(MqttFront front) {
        Duration patience = config.mqtt().drain().over().plus(DRAIN_GRACE);
        if (!ends(front.drain(), patience)) {
            LOG.warn("{} connections of devices did not end within {} s", front.connections(), patience.toSeconds());
        }
        front.close();
    }

    /// Lets devices have the answers to what they sent, but not for ever.
    private static void drain(HttpFront http) {
        if (!ends(http.drain(), DRAIN_GRACE)) {
            LOG.warn("{} requests of devices were not answered in time", http.connections());
        }
    }

    /// Lets the subscribers say goodbye, but not for ever.
    private void drain(AmqpServer server) {
        Duration patience = config.amqp().timeouts().close().plus(DRAIN_GRACE);
        if (!ends(server.drain(), patience)) {
            LOG.warn("some subscribers' connections did not end within {} s", patience.toSeconds());
        }
        server.close();
    }

    private static boolean ends(CompletableFuture<Void> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What a part of the start that ran beside the others came to; its failure is the failure of the start.
    private static <T> T joined(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void publish(Callers callers, ServerIdentity identity, Optional<WebServer> web) {
        web.ifPresent(server -> listeners.add("web", config.web().bind(), server.port()));
        Path token = data.publish(RuntimeFile.TOKEN, (callers.localToken().reveal() + "\n").getBytes(US_ASCII));
        RuntimeFile runtime = new RuntimeFile(
                ProcessHandle.current().pid(),
                VERSION,
                web.map(server -> server.uri().toString()).orElse(""),
                token,
                identity.caFile(),
                listeners.byName());
        data.publish(RuntimeFile.NAME, runtime.json());
    }

    private <P extends AutoCloseable> P open(String what, P part) {
        started.push(new Started(what, part));
        return part;
    }

    private Set<String> legacyListeners() {
        return config.mqttListeners().stream()
                .filter(ListenerConfig::legacyTls)
                .map(ListenerConfig::name)
                .collect(Collectors.toSet());
    }
}
