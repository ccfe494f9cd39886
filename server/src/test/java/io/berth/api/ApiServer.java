package io.berth.api;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Callers;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.caller.Reach;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.certificate.Templates;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceImport;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.enrol.Registry;
import io.berth.core.enrol.Units;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfigs;
import io.berth.core.product.ScriptSources;
import io.berth.core.product.Spaces;
import io.berth.core.product.ThingModels;
import io.berth.core.rule.ActionMeters;
import io.berth.core.rule.Rules;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Requests;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Shadows;
import io.berth.core.session.Topology;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Things;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.aliyun.AliyunTsl;
import io.berth.dialect.huawei.HuaweiModel;
import io.berth.ops.Metrics;
import io.berth.ops.ScriptMetrics;
import io.berth.rule.DestinationConfig;
import io.berth.rule.Destinations;
import io.berth.rule.OutboundGate;
import io.berth.rule.RuleBook;
import io.berth.rule.RuleConfig;
import io.berth.rule.RuleSite;
import io.berth.rule.http.HttpDestination;
import io.berth.script.SandboxedScripts;
import io.berth.script.ScriptConfig;
import io.berth.stream.EventStreams;
import io.berth.stream.Interest;
import io.berth.stream.LiveFeed;
import io.berth.stream.LogHistory;
import io.berth.stream.group.Groups;
import io.berth.stream.group.GroupsConfig;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryAlarms;
import io.berth.testing.MemoryAudit;
import io.berth.testing.MemoryBelongings;
import io.berth.testing.MemoryCallers;
import io.berth.testing.MemoryCalls;
import io.berth.testing.MemoryCertificates;
import io.berth.testing.MemoryConsumerGroups;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.MemoryModels;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.MemoryRules;
import io.berth.testing.MemoryScripts;
import io.berth.testing.MemorySessions;
import io.berth.testing.MemoryThings;
import io.berth.testing.PlainFormat;
import io.berth.testing.TestClock;
import io.berth.testing.TestEvents;
import io.berth.web.Endpoint;
import io.berth.web.WebConfig;
import io.berth.web.WebListener;
import io.berth.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole API on a free port, and a client that speaks to it as the operator of this machine unless told
/// otherwise.
final class ApiServer implements AutoCloseable {
    static final int MAX_TAILS = 4;
    static final int MAX_QUEUED = 10;
    static final int MAX_BODY = 4096;
    static final int STREAMED_AT_ONCE = 16;

    /// Streams of messages are more patient than any test, unless one is about that.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static final JsonMapper JSON = new JsonMapper();

    final TestClock clock = new TestClock();
    final MemoryRegistry registry = new MemoryRegistry();
    final MemoryRefusals refusals = new MemoryRefusals();
    final MemorySessions stored = new MemorySessions(2);
    final LiveFeed feed = new LiveFeed(MAX_TAILS, MAX_QUEUED);
    final Callers callers =
            new Callers(new MemoryCallers(), QUICK_HASHING, new AccessKeys(new MemoryAccessKeys(), clock), clock);
    final MemoryAudit audit = new MemoryAudit();
    final AuditedCalls audited = new AuditedCalls(audit, clock);
    final MemoryLog log = new MemoryLog(2);
    final Interest interest = new Interest();
    final Groups readers = new Groups(log, interest, new MemoryCursors(), GroupsConfig.DEFAULT, clock);
    final Products products = new Products(registry.products(), clock, _ -> {});
    final Devices devices = new Devices(registry.devices(), products, clock, (_, _) -> {});
    final Events events = new Events(new EventStreams(feed, log, interest), clock);
    final ConsumerGroups consumerGroups =
            new ConsumerGroups(new MemoryConsumerGroups(), readers, products, Set.of("native", "aliyun"), 3, clock);
    final Sessions sessions = new Sessions(events, _ -> {});
    final Downlinks downlinks = new Downlinks(sessions, stored);
    final Messages messages = new Messages(downlinks, events, 0);
    final Requests requests = new Requests(downlinks, sessions, 10, 0);
    final MemoryThings state = new MemoryThings();
    final Things things = new Things(state, clock);
    final Calls calls = new Calls(
            new MemoryCalls(),
            new Calls.Ways(registry.directory(), sessions, requests, downlinks, Traffic.UNCOUNTED),
            Calls.Limits.DEFAULT,
            clock);
    final Wishes wishes = new Wishes(things, sessions, calls, Set.of(), clock);
    final Uplinks uplinks = new Uplinks(events, things, requests, calls);
    final Alarms alarms = new Alarms(new MemoryAlarms(), Alarms.Limits.DEFAULT, clock);
    final Units units =
            new Units(registry.units(), new Registry(products, devices, registry.directory(), sessions), alarms, clock);
    final FakeScenes scenes = new FakeScenes(clock);
    final MemoryBelongings belongings = new MemoryBelongings();
    final Topology topology =
            new Topology(belongings.topology, registry.directory(), sessions, requests, downlinks, events, 2);
    final RemoteConfigs configs = new RemoteConfigs(belongings.configs, products, clock);
    final ConfigRoutes configRoutes =
            new ConfigRoutes(products, configs, sessions, requests, downlinks, () -> "http://files.example");
    final MessageStreamRoutes streams;
    private final RuleBook book = new RuleBook(
            Map.of(
                    "native",
                    new PlainFormat("native"),
                    "aliyun",
                    new PlainFormat("aliyun"),
                    "huawei",
                    new PlainFormat("huawei")),
            new Destinations()
                    .with(
                            "http",
                            DestinationConfig.Http.class,
                            config -> new HttpDestination(
                                    config, new OutboundGate(List.of()), RuleConfig.DEFAULT, clock)),
            new RuleBook.Registry(_ -> Map.of(), _ -> ""),
            new RuleSite(readers, readers, AlarmBell.SILENT, ActionMeters.NONE, RuleConfig.DEFAULT, clock));
    final Rules rules = new Rules(new MemoryRules(), book, products, new Rules.Limits(10, 3), clock);
    private final MemoryScripts sources = new MemoryScripts();
    private final SandboxedScripts scripts =
            new SandboxedScripts(sources, ScriptConfig.DEFAULT, new ScriptMetrics(new Metrics()), clock);
    final NativeApi api;
    private final WebServer web;
    private final HttpClient client = HttpClient.newHttpClient();

    ApiServer() throws IOException {
        this(PATIENCE);
    }

    /// @param patience with messages of a stream
    ApiServer(Duration patience) throws IOException {
        streams = new MessageStreamRoutes(registry.directory(), messages, STREAMED_AT_ONCE, patience);
        NodeFacts node = new NodeFacts(
                "node-1",
                "0.1.0",
                42,
                TestClock.START,
                () -> Map.of("mqtt", new NodeFacts.Listener("127.0.0.1", 1883)));
        MqttLogins logins = new MqttLogins(List.of(new PlainDialect()), registry.directory());
        api = new NativeApi(
                new Gate(callers),
                audited,
                new SpaceGuard(
                        (rights, product) -> Reach.of(rights, products, devices).product(product)),
                "0.1.0",
                List.of(
                        new TokenRoutes(
                                callers,
                                audited,
                                new PasswordLogins(
                                        callers,
                                        new LoginGuard(3, Duration.ofMinutes(1), 100, clock),
                                        new RefusedCalls(refusals, clock)),
                                clock),
                        new UserRoutes(callers.users()),
                        new AccessKeyRoutes(callers.accessKeys()),
                        new AuditRoutes(audit),
                        new NodeRoutes(node, sessions, clock),
                        new SpaceRoutes(new Spaces(registry.spaces(), clock)),
                        new ProductRoutes(products),
                        new ThingModelRoutes(
                                new ThingModels(new MemoryModels(registry), products, clock, _ -> {}),
                                products,
                                List.of(
                                        new NativeModel(),
                                        new HuaweiModel(HuaweiModel.Form.JSON),
                                        new HuaweiModel(HuaweiModel.Form.ZIP),
                                        new AliyunTsl())),
                        new StateRoutes(things, devices, products, clock),
                        new ShadowRoutes(new Shadows(state, devices, downlinks, clock)),
                        new ScriptRoutes(new ScriptSources(sources, products, scripts, clock)),
                        new RuleRoutes(rules),
                        new DeviceRoutes(devices, sessions, "node-1"),
                        new ImportRoutes(new DeviceImport(devices, products)),
                        new MessageRoutes(
                                products, registry.directory(), new MessageRoutes.Ways(downlinks, messages, requests)),
                        streams,
                        new CallRoutes(calls),
                        new WishRoutes(wishes),
                        new AlarmRoutes(alarms),
                        new SceneRoutes(scenes),
                        new TailRoutes(feed, new LogHistory(log), Duration.ofMillis(50)),
                        new ConsumerGroupRoutes(consumerGroups),
                        new RiskRoutes(units),
                        new TagRoutes(devices, new Tags(belongings.tags)),
                        new TopologyRoutes(products, devices, topology, sessions, requests, downlinks),
                        new DeviceLogRoutes(devices, belongings.logs, requests, downlinks),
                        new TemplateRoutes(
                                new Templates(new MemoryCertificates().templates(), CertificateConfig.DEFAULT, clock),
                                products),
                        configRoutes,
                        new LoginRoutes(refusals, logins, node, clock)));
        WebConfig config = new WebConfig(MAX_BODY, 8192, 100, Duration.ofSeconds(30), Duration.ofSeconds(1));
        List<Endpoint> endpoints = new ArrayList<>(api.endpoints());
        endpoints.add(configRoutes.file());
        web = WebServer.start(WebListener.anyLocal(), config, endpoints);
    }

    /// An answer, its body read as JSON where it is.
    record Answer(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        JsonNode at(String member) {
            return json().get(member);
        }

        String problem() {
            return at("problem").asString();
        }

        List<JsonNode> lines() {
            return text.lines()
                    .filter(line -> !line.isBlank())
                    .map(JSON::readTree)
                    .toList();
        }
    }

    URI uri() {
        return web.uri();
    }

    String localToken() {
        return callers.localToken().reveal();
    }

    Answer get(String path) {
        return call("GET", path, null, localToken());
    }

    Answer post(String path, String body) {
        return call("POST", path, body, localToken());
    }

    Answer delete(String path) {
        return call("DELETE", path, null, localToken());
    }

    Answer call(String method, String path, @Nullable String body, @Nullable String token) {
        HttpRequest.Builder request = request(path, token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A stream that is read while it goes on; returns when its headers came.
    OpenTail tail(String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request("/tail" + query, localToken()).build(), BodyHandlers.ofInputStream());
        return new OpenTail(response.statusCode(), response.body());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(web.uri() + NativeApi.ROOT + path))
                .timeout(Duration.ofMinutes(1));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    DeviceId device(String product, String name) {
        post("/products", "{\"name\":\"p\",\"key\":\"" + product + "\",\"huaweiId\":\"alias-" + product + "\"}");
        post("/products/" + product + "/devices", "{\"name\":\"" + name + "\",\"secret\":\"s3cret\"}");
        return new DeviceId(product, name);
    }

    void publish(Session session, String topic, Payload payload) {
        uplinks.accept(session, new Uplink.Message(topic, Qos.AT_LEAST_ONCE, payload), Completion.IGNORED);
    }

    Event event(DeviceId device, Event.Kind kind, String text) {
        return TestEvents.of(1, device, kind, text);
    }

    @Override
    public void close() {
        client.shutdownNow(); // a tail that a test left open would keep a gentle close waiting
        scripts.close();
        streams.close();
        book.close();
        readers.close();
        feed.close();
        web.close();
    }
}
