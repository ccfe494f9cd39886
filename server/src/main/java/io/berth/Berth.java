package io.berth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.RuntimeFile.BoundAddress;
import io.berth.api.CallRoutes;
import io.berth.api.CallerRoutes;
import io.berth.api.ConfigRoutes;
import io.berth.api.DeviceLogRoutes;
import io.berth.api.DeviceRoutes;
import io.berth.api.Gate;
import io.berth.api.GroupRoutes;
import io.berth.api.ImportRoutes;
import io.berth.api.LoginRoutes;
import io.berth.api.MessageRoutes;
import io.berth.api.MessageStreamRoutes;
import io.berth.api.NativeApi;
import io.berth.api.NativeModel;
import io.berth.api.NodeFacts;
import io.berth.api.NodeRoutes;
import io.berth.api.ProductRoutes;
import io.berth.api.ScriptRoutes;
import io.berth.api.ShadowRoutes;
import io.berth.api.StateRoutes;
import io.berth.api.TagRoutes;
import io.berth.api.TailRoutes;
import io.berth.api.ThingModelRoutes;
import io.berth.api.TopologyRoutes;
import io.berth.api.WishRoutes;
import io.berth.config.Settings;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.Callers;
import io.berth.core.credential.ServerIdentity;
import io.berth.core.device.DeviceImport;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.login.LoginGuard;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfigs;
import io.berth.core.product.ScriptSources;
import io.berth.core.product.ThingModels;
import io.berth.core.session.DeviceChanges;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Notices;
import io.berth.core.session.ProductChanges;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Shadows;
import io.berth.core.session.Topology;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Things;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.ModelFormat;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.aliyun.AliyunTsl;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import io.berth.dialect.huawei.HuaweiModel;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import io.berth.front.mqtt.BoundListener;
import io.berth.front.mqtt.MqttFront;
import io.berth.front.mqtt.MqttPlatform;
import io.berth.front.mqtt.TlsContexts;
import io.berth.ops.Health;
import io.berth.ops.Metrics;
import io.berth.ops.ScriptMetrics;
import io.berth.ops.TrafficMetrics;
import io.berth.script.SandboxedScripts;
import io.berth.storage.MasterKey;
import io.berth.storage.Storage;
import io.berth.stream.LiveFeed;
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
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: every object built with plain constructors, started bottom up, stopped top down.
final class Berth implements AutoCloseable {
    static final String VERSION = Optional.ofNullable(Berth.class.getPackage().getImplementationVersion())
            .orElse("dev");

    private static final String NODE = "local";
    private static final Logger LOG = LoggerFactory.getLogger(Berth.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /// The more particular before the TSL, for which any JSON object is taken.
    private static final List<ModelFormat> MODEL_FORMATS = List.of(
            new NativeModel(),
            new HuaweiModel(HuaweiModel.Form.JSON),
            new HuaweiModel(HuaweiModel.Form.ZIP),
            new AliyunTsl());

    private static final int STREAMED_AT_ONCE = 1000;
    private static final Duration STREAMED_PATIENCE = Duration.ofSeconds(20);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration DRAIN_GRACE = Duration.ofSeconds(3);
    private static final int WRONG_PASSWORDS = 10;
    private static final int GUARD_KEYS = 100_000;

    private final InstantSource clock;
    private final Config config;
    private final DataDirectory data;

    /// What was started, the newest first: closed in this order.
    private final Deque<Started> started = new ArrayDeque<>();

    private final Map<String, BoundAddress> listeners = Collections.synchronizedMap(new LinkedHashMap<>());
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

        LiveFeed feed = new LiveFeed(config.feed().maxWatches(), config.feed().maxQueued());
        Sessions sessions = new Sessions(feed, storage.presence(), clock);
        Downlinks downlinks = new Downlinks(sessions, storage.sessions());
        Requests requests = new Requests(
                downlinks,
                sessions,
                config.feed().maxRequests(),
                clock.instant().toEpochMilli());
        Things things = new Things(storage.things(), clock);
        Metrics metrics = open("metrics", new Metrics());
        Traffic traffic = new TrafficMetrics(metrics);
        Calls calls = new Calls(
                storage.calls(),
                new Calls.Ways(storage.directory(), sessions, requests, downlinks, traffic),
                config.calls(),
                clock);
        Uplinks uplinks = new Uplinks(feed, things, requests, calls, clock);

        ProductChanges productChanges = new ProductChanges(storage.directory(), storage.products(), sessions);
        Products products = new Products(storage.products(), clock, productChanges);
        ThingModels models = new ThingModels(storage.models(), products, clock, productChanges);

        DeviceServices.Rules rules = config.things();
        Topology topology = new Topology(
                storage.topology(),
                storage.directory(),
                sessions,
                requests,
                downlinks,
                feed,
                rules.maxChildren(),
                clock);
        Notices notices = new Notices(sessions, requests, topology);
        Devices devices = new Devices(
                storage.devices(),
                products,
                clock,
                new DeviceChanges(storage.directory(), sessions, notices, things, feed, clock));
        Callers callers = new Callers(storage.callers(), clock);

        SandboxedScripts scripts = open(
                "scripts", new SandboxedScripts(storage.scripts(), config.script(), new ScriptMetrics(metrics), clock));
        DeviceServices services = new DeviceServices(
                things,
                storage.shadows(),
                new Tags(storage.tags()),
                topology,
                devices,
                products,
                storage.directory(),
                storage.configs(),
                storage.deviceLogs(),
                scripts,
                rules,
                this::filesUrl,
                clock);
        List<MqttDialect> dialects =
                List.of(new AliyunMqtt(services, config.login().toleratesAnnouncedTls()), new HuaweiMqtt(services));
        MqttLogins logins = new MqttLogins(dialects, storage.directory());
        Wishes wishes = new Wishes(things, sessions, calls, tellingWishesAgain(dialects), clock);
        sessions.follow(calls);
        sessions.follow(wishes);
        uplinks.follow(wishes);
        calls.recover();
        MqttPlatform platform = new MqttPlatform(
                logins,
                storage.directory(),
                sessions,
                uplinks,
                storage.sessions(),
                storage.refusals(),
                guard(config.login().maxFailuresPerDevice()),
                guard(config.login().maxFailuresPerAddress()),
                traffic,
                clock);
        NodeFacts facts =
                new NodeFacts(NODE, VERSION, ProcessHandle.current().pid(), clock.instant(), this::openListeners);
        MessageStreamRoutes streams =
                new MessageStreamRoutes(storage.directory(), downlinks, STREAMED_AT_ONCE, STREAMED_PATIENCE);
        ConfigRoutes configs = new ConfigRoutes(
                products,
                new RemoteConfigs(storage.configs(), products, clock),
                sessions,
                requests,
                downlinks,
                this::filesUrl);
        NativeApi api = new NativeApi(
                new Gate(callers),
                VERSION,
                List.of(
                        new NodeRoutes(facts, sessions, clock),
                        new ProductRoutes(products),
                        new ThingModelRoutes(models, products, MODEL_FORMATS),
                        new StateRoutes(things, devices, products, clock),
                        new ShadowRoutes(new Shadows(storage.shadows(), devices, downlinks, clock)),
                        new ScriptRoutes(new ScriptSources(storage.scripts(), products, scripts, clock)),
                        new DeviceRoutes(devices, sessions, NODE),
                        new ImportRoutes(new DeviceImport(devices, products)),
                        new MessageRoutes(products, storage.directory(), downlinks, requests),
                        streams,
                        new CallRoutes(calls),
                        new WishRoutes(wishes),
                        new TailRoutes(feed, HEARTBEAT),
                        new CallerRoutes(callers, guard(WRONG_PASSWORDS), clock),
                        new GroupRoutes(new Groups(storage.groups(), devices, clock), devices),
                        new TagRoutes(devices, services.tags()),
                        new TopologyRoutes(products, devices, topology, sessions, requests, downlinks),
                        new DeviceLogRoutes(devices, storage.deviceLogs(), requests, downlinks),
                        configs,
                        new LoginRoutes(storage.refusals(), logins, facts, clock)));
        List<Endpoint> endpoints = new ArrayList<>(api.endpoints());
        endpoints.add(metrics.endpoint(callers));
        endpoints.add(configs.file());
        Health health = new Health(
                Map.of("storage", storage::answers, "listeners", () -> !listeners.isEmpty()), Duration.ofSeconds(2));
        endpoints.addAll(health.endpoints());

        CompletableFuture<Optional<WebServer>> web =
                CompletableFuture.supplyAsync(() -> serve(endpoints, joined(identity)));
        try {
            MqttFront front = new MqttFront(platform, config.mqtt(), joined(tls), config.mqttListeners());
            open("mqtt", () -> drain(front));
            for (BoundListener bound : front.start()) {
                listeners.put(bound.name(), new BoundAddress(bound.addresses().getFirst(), bound.port()));
            }
        } finally {
            joined(web).ifPresent(server -> open("web", server));
            open("live feed", feed); // ends the tails, which would keep the web server waiting
            open("message streams", streams);
        }
        housekeeping(storage, sessions, calls, wishes);
        register(metrics, storage, feed, sessions, requests);
        metrics.gauge("berth.scripts.waiting", "Calls of scripts that wait for a turn", scripts::waiting);
        firstCredentials = callers.bootstrap(); // last: a start that fails must not use up the one showing
        publish(callers, joined(identity), joined(web));
    }

    /// Says what an operator needs to begin with.
    void announce(PrintWriter out, long millis) {
        out.println("Berth " + VERSION + " ready in " + millis + " ms");
        out.println();
        listeners.forEach((name, address) ->
                out.printf("  %-8s %-22s %s%n", name, address.bind() + ":" + address.port(), purpose(name)));
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
        return Objects.requireNonNull(listeners.get(listener), listener).port();
    }

    private String filesUrl() {
        if (!config.things().filesUrl().isEmpty()) {
            return config.things().filesUrl();
        }
        Config.Listener web = config.web();
        String host = web.bind().contains(":") ? "[" + web.bind() + "]" : web.bind();
        BoundAddress bound = listeners.get("web");
        int port = bound == null ? web.port() : bound.port();
        return (web.tls() ? "https://" : "http://") + host + ":" + port;
    }

    private ServerIdentity identity() {
        Config.Tls tls = config.tls();
        return tls.certificate().isEmpty()
                ? new ServerCertificates(data.state().resolve("tls"), tls.names(), clock).loadOrCreate()
                : ServerCertificates.provided(Path.of(tls.certificate()), Path.of(tls.key()), Path.of(tls.ca()));
    }

    private LoginGuard guard(int maxFailures) {
        return new LoginGuard(maxFailures, config.login().window(), GUARD_KEYS, clock);
    }

    private Optional<WebServer> serve(List<Endpoint> endpoints, ServerIdentity identity) {
        Config.Listener listener = config.web();
        if (!listener.enabled()) {
            return Optional.empty();
        }
        SSLContext tls = listener.tls() ? HttpsContext.of(identity) : null;
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
        try {
            front.drain().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} connections of devices did not end within {} s", front.connections(), patience.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            front.close();
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

    private static Set<String> tellingWishesAgain(List<MqttDialect> dialects) {
        return dialects.stream()
                .filter(MqttDialect::tellsWishesAgain)
                .map(MqttDialect::name)
                .collect(Collectors.toSet());
    }

    private void housekeeping(Storage storage, Sessions sessions, Calls calls, Wishes wishes) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("housekeeping").factory());
        open("housekeeping", timer::shutdownNow);
        every(timer, HOUSEKEEPING, () -> expireSessions(storage, sessions));
        every(timer, HOUSEKEEPING, calls::purge);
        every(timer, TICK, calls::giveUpOverdue);
        every(timer, TICK, wishes::tellHeldBack);
    }

    /// What fails is tried again: a timer would stop at the first exception.
    private static void every(ScheduledExecutorService timer, Duration pause, Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("housekeeping failed", e);
            }
        };
        var _ = timer.scheduleWithFixedDelay(guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void expireSessions(Storage storage, Sessions sessions) {
        var _ = storage.sessions()
                .expire(clock.instant(), config.mqtt().session().expiry(), sessions::isAttached)
                .whenComplete((count, failure) -> {
                    if (failure != null) {
                        LOG.warn("sessions could not be expired", failure);
                    } else if (count > 0) {
                        LOG.info("{} stored sessions expired", count);
                    }
                });
    }

    private void publish(Callers callers, ServerIdentity identity, Optional<WebServer> web) {
        web.ifPresent(
                server -> listeners.put("web", new BoundAddress(config.web().bind(), server.port())));
        Path token = data.publish(RuntimeFile.TOKEN, (callers.localToken().reveal() + "\n").getBytes(US_ASCII));
        RuntimeFile runtime = new RuntimeFile(
                ProcessHandle.current().pid(),
                VERSION,
                web.map(server -> server.uri().toString()).orElse(""),
                token,
                identity.caFile(),
                listeners);
        data.publish(RuntimeFile.NAME, runtime.json());
    }

    private Map<String, NodeFacts.Listener> openListeners() {
        Map<String, NodeFacts.Listener> open = new LinkedHashMap<>();
        listeners.forEach((name, address) -> open.put(name, new NodeFacts.Listener(address.bind(), address.port())));
        return open;
    }

    private <P extends AutoCloseable> P open(String what, P part) {
        started.push(new Started(what, part));
        return part;
    }

    private static void register(
            Metrics metrics, Storage storage, LiveFeed feed, Sessions sessions, Requests requests) {
        metrics.watchJvm();
        metrics.gauge("berth.sessions", "Live sessions of devices", sessions::count);
        metrics.gauge("berth.requests.waiting", "Requests that wait for a device", requests::waiting);
        metrics.gauge("berth.storage.writes.waiting", "Writes that wait for the store", storage::writesWaiting);
        metrics.gauge("berth.storage.lookups.waiting", "Lookups that wait for the store", storage::lookupsWaiting);
        metrics.gauge("berth.devices.cached", "Devices in memory", storage::devicesCached);
        metrics.gauge("berth.feed.watching", "Followers of live events", feed::watching);
        metrics.count("berth.feed.dropped", "Events slow followers lost", feed::dropped);
        metrics.count("berth.refusals.dropped", "Refusal records not kept", storage::refusalsDropped);
        metrics.count("berth.presences.dropped", "Presence records not kept", storage::presencesDropped);
        metrics.gauge("berth.reports.waiting.bytes", "Reports that wait for a commit", storage::reportsWaitingBytes);
        metrics.gauge("berth.reports.unfolded.bytes", "Reports only in the journal", storage::reportsUnfoldedBytes);
        metrics.gauge("berth.things.remembered", "Things in memory", storage::thingsRemembered);
        metrics.count("berth.points.dropped", "Points too old for the history", storage::pointsDropped);
    }

    private static String purpose(String listener) {
        return switch (listener) {
            case "mqtt" -> "MQTT, in clear or TLS";
            case "mqtts" -> "MQTT over TLS";
            case "https" -> "WebSocket or MQTT, in clear or TLS";
            case "web" -> "native API, metrics, health";
            default -> "";
        };
    }
}
