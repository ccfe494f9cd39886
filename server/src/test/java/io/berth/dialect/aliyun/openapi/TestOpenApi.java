package io.berth.dialect.aliyun.openapi;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditRecord;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.batch.BatchLimits;
import io.berth.core.batch.Batches;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.caller.Rights;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.certificate.CertificateLinks;
import io.berth.core.certificate.CertificateSessions;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.certificate.PlatformAuthority;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.enrol.Registry;
import io.berth.core.enrol.Units;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.ProductTags;
import io.berth.core.product.Products;
import io.berth.core.product.ScriptLinks;
import io.berth.core.product.ScriptSources;
import io.berth.core.product.ThingModels;
import io.berth.core.route.TopicRoutes;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.ProductChanges;
import io.berth.core.session.Requests;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Shadows;
import io.berth.core.session.Topology;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Facts;
import io.berth.core.state.Repeats;
import io.berth.core.state.Things;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Relations;
import io.berth.dialect.AppAnswer;
import io.berth.ops.Metrics;
import io.berth.ops.ScriptMetrics;
import io.berth.script.SandboxedScripts;
import io.berth.script.ScriptConfig;
import io.berth.storage.EmptyDatabase;
import io.berth.storage.MasterKey;
import io.berth.storage.Storage;
import io.berth.storage.StorageConfig;
import io.berth.stream.Interest;
import io.berth.stream.group.GroupsConfig;
import io.berth.testing.FakeLog;
import io.berth.testing.HeldDevice;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryAlarms;
import io.berth.testing.MemoryCallers;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.TestBatches;
import io.berth.testing.TestClock;
import io.berth.tls.DeviceMint;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The gateway over a platform in an embedded store, and a client that signs by itself.
final class TestOpenApi implements AutoCloseable {
    static final String KEY = "testak";
    static final int MAX_GUESSES = 5;
    private static final ZoneId ZONE = ZoneId.of("+08:00");

    final TestClock clock = new TestClock();
    final MemoryRefusals refusals = new MemoryRefusals();
    final AccessKeys keys = new AccessKeys(new MemoryAccessKeys(), clock);
    final List<AuditRecord> audit = new ArrayList<>();
    final Storage storage;
    final Products products;
    final Devices devices;
    final Sessions sessions;
    final Topology topology;
    final Batches batches;
    final Things things;
    final Uplinks uplinks;
    final ConsumerGroups consumerGroups;
    final TopicRoutes routes;
    final Repeats repeats;
    final ScriptLinks scriptLinks;
    private final SandboxedScripts scripts;
    final MemoryLog log = new MemoryLog(2);
    final io.berth.stream.group.Groups readers =
            new io.berth.stream.group.Groups(log, new Interest(), new MemoryCursors(), GroupsConfig.DEFAULT, clock);
    final AliyunOpenApi gateway;

    TestOpenApi(Path directory) {
        this(directory, AliyunOpenApi.Rules.DEFAULT);
    }

    TestOpenApi(Path directory, AliyunOpenApi.Rules rules) {
        this(directory, rules, 10_000, StorageConfig.DEFAULT);
    }

    TestOpenApi(Path directory, AliyunOpenApi.Rules rules, int maxNonces) {
        this(directory, rules, maxNonces, StorageConfig.DEFAULT);
    }

    TestOpenApi(Path directory, StorageConfig kept) {
        this(directory, AliyunOpenApi.Rules.DEFAULT, 10_000, kept);
    }

    private TestOpenApi(Path directory, AliyunOpenApi.Rules rules, int maxNonces, StorageConfig kept) {
        MasterKey master = MasterKey.load(directory, null);
        EmptyDatabase.lay(directory);
        storage = Storage.open(kept, directory, master, clock);
        makeKey(KEY, "testsk", Rights.ALL);
        products = new Products(storage.products(), clock, _ -> {});
        devices = new Devices(
                storage.devices(),
                products,
                clock,
                (device, _) -> storage.directory().forget(device.id()));
        Events events = new Events(new FakeLog(), clock);
        sessions = new Sessions(events, _ -> {});
        Downlinks downlinks = new Downlinks(sessions, storage.sessions());
        Messages messages = new Messages(downlinks, events, 0);
        Requests requests = new Requests(downlinks, sessions, 10, 0);
        topology = new Topology(storage.topology(), storage.directory(), sessions, requests, downlinks, events, 3);
        batches = TestBatches.over(storage, products, devices, BatchLimits.DEFAULT, clock);
        things = new Things(storage.things(), clock);
        Calls calls = new Calls(
                storage.calls(),
                new Calls.Ways(storage.directory(), sessions, requests, downlinks, Traffic.UNCOUNTED),
                Calls.Limits.DEFAULT,
                clock);
        uplinks = new Uplinks(events, things, requests, calls);
        routes = new TopicRoutes(storage.topicRoutes(), messages, new TopicRoutes.Limits(3, 4));
        uplinks.followMessages(routes);
        repeats = new Repeats(storage.repeatRules(), Repeats.Limits.DEFAULT);
        uplinks.sift(repeats::without);
        consumerGroups =
                new ConsumerGroups(storage.consumerGroups(), readers, products, Set.of("aliyun", "native"), 10, clock);
        scripts =
                new SandboxedScripts(storage.scripts(), ScriptConfig.DEFAULT, new ScriptMetrics(new Metrics()), clock);
        ProductChanges changes =
                new ProductChanges(storage.directory(), storage.products(), sessions, events, scripts::scriptChanged);
        ScriptSources scriptSources = new ScriptSources(storage.scripts(), products, scripts, clock);
        scriptLinks = new ScriptLinks(scriptSources, products, () -> "http://127.0.0.1:8080", clock);
        gateway = new AliyunOpenApi(
                new AliyunOpenApi.Entrance(
                        new Callers(new MemoryCallers(), QUICK_HASHING, keys, clock),
                        new LoginGuard(MAX_GUESSES, Duration.ofMinutes(1), 10, clock),
                        new RefusedCalls(refusals, clock),
                        new AuditedCalls(audit::add, clock),
                        new Nonces(storage.nonces(), maxNonces, clock)),
                new AliyunOpenApi.Core(
                        products,
                        new ProductTags(storage.productTags(), products),
                        devices,
                        new Units(
                                storage.units(),
                                new Registry(products, devices, storage.directory(), sessions),
                                new Alarms(new MemoryAlarms(), Alarms.Limits.DEFAULT, clock),
                                clock),
                        new Tags(storage.tags()),
                        new Groups(storage.groups(), devices, List.of(new AliyunGroupRules(ZONE)), clock),
                        topology,
                        sessions,
                        requests,
                        downlinks,
                        messages,
                        routes,
                        batches,
                        certified(),
                        new AliyunOpenApi.Thing(
                                things,
                                repeats,
                                calls,
                                new Wishes(things, sessions, calls, Set.of(), clock),
                                new Shadows(storage.shadows(), devices, downlinks, clock),
                                new ThingModels(storage.models(), products, clock, changes),
                                scriptSources,
                                scriptLinks),
                        new AliyunOpenApi.Subscriptions(
                                consumerGroups, new Relations(storage.relations(), consumerGroups))),
                rules,
                ZONE,
                clock);
    }

    private AliyunOpenApi.Certified certified() {
        DeviceCertificates certificates = new DeviceCertificates(
                storage.certificates(),
                new PlatformAuthority(storage.certificates(), new DeviceMint(), CertificateConfig.DEFAULT, clock),
                new DeviceCertificates.Ways(devices, products, new CertificateSessions(sessions)),
                CertificateConfig.DEFAULT,
                clock);
        return new AliyunOpenApi.Certified(
                certificates,
                new CertificateLinks(
                        storage.certificates(), CertificateConfig.DEFAULT, () -> "http://127.0.0.1:8080", clock));
    }

    void makeKey(String id, String secret, Rights rights) {
        keys.create(new AccessKeys.Wanted(id, new Secret(secret), "", rights));
    }

    /// A product whose devices stand there.
    void makeProduct(String key, NodeType node) {
        products.create(
                new Products.Draft("Lamps of " + key, key, null, null, AuthKind.SECRET, node, DataFormat.JSON, false));
    }

    void makeDevice(String product, String name) {
        devices.create(new Devices.Draft(new DeviceId(product, name), null, null, null));
    }

    /// A device that is online, and keeps what it is sent.
    HeldDevice attach(String product, String name) {
        return attach(product, name, _ -> null);
    }

    /// The same, which answers what it is asked at once.
    ///
    /// @param answers null for none
    HeldDevice attach(String product, String name, Function<Downlink, Uplink.@Nullable Reply> answers) {
        AtomicReference<@Nullable Session> session = new AtomicReference<>();
        HeldDevice held = new HeldDevice((downlink, delivery) -> {
            delivery.reached(DeliveryState.SENT);
            Uplink.Reply reply = answers.apply(downlink);
            if (reply != null) {
                uplinks.accept(Objects.requireNonNull(session.get()), reply, _ -> {});
            }
        });
        session.set(new Session(new DeviceId(product, name), "aliyun", "192.0.2.7:4711", clock.instant(), held));
        sessions.attach(Objects.requireNonNull(session.get()));
        return held;
    }

    /// As a device reports, kept when it returns.
    void report(Facts facts) {
        CompletableFuture<@Nullable Void> kept = new CompletableFuture<>();
        things.report(List.of(facts), failure -> {
            if (failure == null) {
                kept.complete(null);
            } else {
                kept.completeExceptionally(failure);
            }
        });
        kept.join();
    }

    /// What the registry hears of a device a moment after it came or went.
    void recordPresence(String product, String name, boolean attached) {
        Presence presence = new Presence(new DeviceId(product, name), clock.instant(), "192.0.2.7:1", attached);
        storage.devices()
                .recordPresence(List.of(presence))
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        batches.runner().close();
        readers.close();
        scripts.close();
        storage.close();
    }

    /// Calls an action, signed anew, and reads the JSON that comes back.
    ///
    /// @param parameters names and values in turn
    JsonNode call(String action, String... parameters) {
        return json(answer(signed(action, parameters)));
    }

    AppAnswer answer(FakeRequest request) {
        try {
            return gateway.answer(request);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(AppAnswer answer) {
        return JsonMapper.shared().readTree(answer.body().text());
    }

    FakeRequest signed(String action, String... parameters) {
        Map<String, String> values = common(action);
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        return FakeRequest.get(signed("GET", values, Objects.requireNonNull(values.get("AccessKeyId"))));
    }

    Map<String, String> common(String action) {
        return new TreeMap<>(Map.of(
                "Action",
                action,
                "Version",
                "2018-01-20",
                "Format",
                "JSON",
                "AccessKeyId",
                KEY,
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureVersion",
                "1.0",
                "SignatureNonce",
                UUID.randomUUID().toString(),
                "Timestamp",
                clock.instant().toString()));
    }

    /// A query with its signature, by the secret of that key.
    String signed(String method, Map<String, String> values, String keyId) {
        String query = query(values);
        String secret = keys.find(keyId).map(key -> key.secret().reveal()).orElse("nobody's");
        return query + "&Signature=" + encode(sha1(secret + "&", method + "&%2F&" + encode(query)));
    }

    static String query(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha1(String key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
