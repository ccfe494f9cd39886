package io.berth;

import io.berth.api.CertificateEndpoints;
import io.berth.api.NativeNotifications;
import io.berth.api.NativeSubscriber;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmNews;
import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.batch.BatchFiles;
import io.berth.core.batch.BatchNews;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Steps;
import io.berth.core.call.Calls;
import io.berth.core.call.FollowedCalls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.enrol.Enrolments;
import io.berth.core.enrol.Registry;
import io.berth.core.enrol.Units;
import io.berth.core.line.CertificateDesk;
import io.berth.core.line.LineBatches;
import io.berth.core.line.LineUnits;
import io.berth.core.line.Stations;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.login.Renewals;
import io.berth.core.message.BulkEvents;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Events;
import io.berth.core.outbox.Outbox;
import io.berth.core.product.ProductTags;
import io.berth.core.product.Products;
import io.berth.core.product.ScriptLinks;
import io.berth.core.product.ScriptSources;
import io.berth.core.product.Spaces;
import io.berth.core.product.ThingModels;
import io.berth.core.route.TopicRoutes;
import io.berth.core.session.DeviceChanges;
import io.berth.core.session.Downlinks;
import io.berth.core.session.LostSessions;
import io.berth.core.session.Messages;
import io.berth.core.session.Notices;
import io.berth.core.session.ProductChanges;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Shadows;
import io.berth.core.session.Topology;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import io.berth.core.state.Repeats;
import io.berth.core.state.Things;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Relations;
import io.berth.dialect.AppDialect;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Intake;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.aliyun.app.AliyunNotifications;
import io.berth.dialect.aliyun.app.AliyunSubscriber;
import io.berth.dialect.aliyun.device.AliyunCoap;
import io.berth.dialect.aliyun.device.AliyunHttp;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import io.berth.dialect.aliyun.openapi.AliyunGroupRules;
import io.berth.dialect.aliyun.openapi.AliyunOpenApi;
import io.berth.dialect.huawei.app.HuaweiNotifications;
import io.berth.dialect.huawei.app.HuaweiSubscriber;
import io.berth.dialect.huawei.device.HuaweiHttp;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import io.berth.dialect.huawei.rest.HuaweiGroupRules;
import io.berth.dialect.huawei.rest.HuaweiRest;
import io.berth.dialect.huawei.rest.RestServices;
import io.berth.front.coap.CoapPlatform;
import io.berth.front.http.HttpPlatform;
import io.berth.front.mqtt.MqttPlatform;
import io.berth.ops.GroupMetrics;
import io.berth.ops.Metrics;
import io.berth.ops.ScriptMetrics;
import io.berth.ops.SubscriberMetrics;
import io.berth.ops.TrafficMetrics;
import io.berth.rule.Inbox;
import io.berth.script.SandboxedScripts;
import io.berth.storage.Storage;
import io.berth.stream.amqp.AmqpPlatform;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The platform: core's services over the stores, built with plain constructors. Nothing of it listens yet.
final class Platform {
    private static final int GUARD_KEYS = 100_000;
    private static final int WRONG_PASSWORDS = 10;
    /// Spec aliyun-device 2.2.
    private static final Duration ALIYUN_TOKEN_LIFETIME = Duration.ofDays(7);

    final Storage storage;
    final Streams streams;
    final Alarms alarms;
    final ConsumerGroups consumerGroups;
    final Sessions sessions;
    /// Devices that report without a connection.
    final Visits visits;
    final Downlinks downlinks;
    final Requests requests;
    final Messages messages;
    final Things things;
    final Calls calls;
    final Wishes wishes;
    final Spaces spaces;
    final Products products;
    final ProductTags productTags;
    final ThingModels models;
    final Topology topology;
    final Devices devices;
    final Units units;
    final Tags tags;
    final Batches batches;
    final Stations stations;
    final LineBatches lineBatches;
    final LineUnits lineUnits;
    final CertificateDesk desk;
    /// Where devices on the line fetch their identities.
    final CertificateEndpoints certificates;
    final Groups groups;
    final Callers callers;
    final AuditedCalls audited;
    final RefusedCalls refusedCalls;
    final PasswordLogins passwords;
    /// Slows guessing the signatures of applications' calls down, by address, for all their interfaces
    /// together.
    final LoginGuard signatureGuard;
    /// Of all their interfaces together, too.
    final Nonces nonces;
    final SandboxedScripts scripts;
    final ScriptSources scriptSources;
    final ScriptLinks scriptLinks;
    final Certification certification;
    /// In whose words events can be told.
    final List<EventFormat> formats;
    final MqttLogins logins;
    final MqttPlatform mqtt;
    final CoapPlatform coap;
    final HttpPlatform http;
    final AmqpPlatform amqp;
    /// Messages that applications can ask after.
    final Outbox outbox;
    final TopicRoutes topicRoutes;
    final Repeats repeats;
    final Supplier<String> filesUrl;
    final InstantSource clock;
    private final Config config;

    /// @param filesUrl where devices reach this server by HTTP
    Platform(
            Storage storage,
            Streams streams,
            Alarms alarms,
            Metrics metrics,
            Config config,
            Supplier<String> filesUrl,
            InstantSource clock) {
        this.storage = storage;
        this.streams = streams;
        this.alarms = alarms;
        this.config = config;
        this.clock = clock;
        this.filesUrl = filesUrl;
        DeviceServices.Rules rules = config.things();
        Traffic traffic = new TrafficMetrics(metrics);
        DeviceDirectory directory = storage.directory();

        Events events = new Events(streams.events, clock);
        alarms.follow(AlarmNews.by(events));
        this.sessions = new Sessions(events, storage.presence());
        this.visits = new Visits(sessions, config.presence(), traffic, clock);
        this.downlinks = new Downlinks(sessions, storage.sessions());
        this.requests = new Requests(
                downlinks,
                sessions,
                config.feed().maxRequests(),
                clock.instant().toEpochMilli());
        this.messages = new Messages(downlinks, events, clock.instant().toEpochMilli() * 1_000);
        this.things = new Things(storage.things(), clock);
        Calls.Ways ways = new Calls.Ways(directory, sessions, requests, downlinks, traffic);
        this.calls = new Calls(new FollowedCalls(storage.calls(), events), ways, config.calls(), clock);
        Uplinks uplinks = new Uplinks(events, things, requests, calls);

        this.scripts = new SandboxedScripts(storage.scripts(), config.script(), new ScriptMetrics(metrics), clock);
        this.repeats = new Repeats(storage.repeatRules(), config.repeats());
        // a product made again under a key has another script, and no rule yet
        ProductChanges productChanges = new ProductChanges(directory, storage.products(), sessions, events, key -> {
            scripts.scriptChanged(key);
            repeats.productChanged(key);
        });
        this.spaces = new Spaces(storage.spaces(), clock);
        this.products = new Products(storage.products(), clock, productChanges);
        this.productTags = new ProductTags(storage.productTags(), products);
        this.scriptSources = new ScriptSources(storage.scripts(), products, scripts, clock);
        this.scriptLinks = new ScriptLinks(scriptSources, products, filesUrl, clock);
        this.models = new ThingModels(storage.models(), products, clock, productChanges);
        this.topology =
                new Topology(storage.topology(), directory, sessions, requests, downlinks, events, rules.maxChildren());
        Notices notices = new Notices(sessions, requests, topology);
        DeviceChanges deviceChanges = new DeviceChanges(directory, sessions, notices, things, events);
        this.devices = new Devices(storage.devices(), products, clock, deviceChanges);
        this.tags = new Tags(storage.tags());
        this.groups = new Groups(
                storage.groups(),
                devices,
                List.of(
                        new AliyunGroupRules(ZoneId.of(config.aliyunEvents().zone())),
                        new HuaweiGroupRules(products, devices, spaces)),
                clock);
        this.callers = new Callers(storage.callers(), new AccessKeys(storage.accessKeys(), clock), clock);
        this.audited = new AuditedCalls(storage.audit(), clock);
        this.refusedCalls = new RefusedCalls(storage.refusals(), clock);
        this.passwords = new PasswordLogins(callers, guard(WRONG_PASSWORDS), refusedCalls);
        this.nonces = new Nonces(storage.nonces(), config.login().maxNonces(), clock);
        this.signatureGuard = guard(config.login().maxFailuresPerAddress());

        this.stations = new Stations(storage.stations(), nonces, config.line(), clock);
        this.lineBatches = new LineBatches(storage.lineUnits(), products, config.line(), clock);
        this.lineUnits = new LineUnits(storage.lineUnits(), devices, alarms);
        this.desk = new CertificateDesk(
                stations,
                storage.lineUnits(),
                devices,
                new CertificateDesk.Books(storage.audit(), refusedCalls, alarms),
                config.line(),
                clock);
        this.certificates = new CertificateEndpoints(desk, config.line().answerTime());

        this.formats = Stream.of(
                        new AliyunNotifications(directory, config.aliyunEvents()),
                        new HuaweiNotifications(directory, tags, products::find),
                        new NativeNotifications())
                .map(Inbox::over)
                .toList();
        this.consumerGroups = new ConsumerGroups(
                storage.consumerGroups(),
                streams.groups,
                products,
                formats.stream().map(EventFormat::name).collect(Collectors.toSet()),
                config.consumerGroups().most(),
                clock);
        this.amqp = new AmqpPlatform(
                List.of(
                        new AliyunSubscriber(config.subscriberTimestamps().aliyun(), clock),
                        new HuaweiSubscriber(config.subscriberTimestamps().huawei(), clock),
                        new NativeSubscriber(callers)),
                callers,
                consumerGroups::find,
                streams.groups,
                formats,
                storage.refusals(),
                guard(config.login().maxFailuresPerAddress()),
                new SubscriberMetrics(metrics),
                clock);

        Registry registry = new Registry(products, devices, directory, sessions);
        this.units = new Units(storage.units(), registry, alarms, clock);
        this.certification = Certification.over(
                storage,
                new Certification.Ways(devices, products, tags, sessions, alarms, filesUrl),
                config.certificates(),
                clock);
        DeviceServices services = new DeviceServices(
                things,
                storage.shadows(),
                tags,
                topology,
                devices,
                products,
                directory,
                new Enrolments(registry, storage.units(), config.enrol(), clock),
                units,
                storage.configs(),
                storage.deviceLogs(),
                scripts,
                certification.logins(),
                rules,
                filesUrl,
                clock);
        List<MqttDialect> dialects =
                List.of(new AliyunMqtt(services, config.login().toleratesAnnouncedTls()), new HuaweiMqtt(services));
        this.logins = new MqttLogins(dialects, directory);
        this.wishes = new Wishes(things, sessions, calls, tellingWishesAgain(dialects), clock);
        Steps steps = new Steps(devices, calls, wishes, messages);
        this.batches = new Batches(
                storage.batches(),
                new Batches.Ways(products, devices, directory, steps, BatchNews.by(events)),
                config.batch(),
                clock);
        sessions.follow(deviceChanges);
        sessions.follow(calls);
        sessions.follow(wishes);
        uplinks.follow(wishes);
        uplinks.sift(repeats::without);
        this.topicRoutes = new TopicRoutes(storage.topicRoutes(), messages, config.topicRoutes());
        uplinks.followMessages(topicRoutes);
        deviceChanges.follow(device -> {
            topicRoutes.forget(device);
            alarms.deviceDeleted(device);
        });
        this.outbox = new Outbox(storage.outbox(), messages, sessions, config.outbox(), clock);
        sessions.follow(outbox);
        sessions.follow(certification.watch());
        messages.follow(outbox);
        new LostSessions(storage.devices(), new BulkEvents(events)).tell();
        calls.recover();
        outbox.load();
        LoginGuard deviceGuard = guard(config.login().maxFailuresPerDevice());
        LoginGuard addressGuard = guard(config.login().maxFailuresPerAddress());
        this.mqtt = new MqttPlatform(
                logins,
                directory,
                sessions,
                uplinks,
                messages,
                storage.sessions(),
                storage.refusals(),
                deviceGuard,
                addressGuard,
                traffic,
                clock);
        this.coap = new CoapPlatform(
                new AliyunCoap(
                        services,
                        tokens("aliyun coap", ALIYUN_TOKEN_LIFETIME, Renewals.HARMLESS),
                        tokens("aliyun coaps", ALIYUN_TOKEN_LIFETIME, Renewals.HARMLESS),
                        config.coap().maxTokens()),
                directory,
                new Intake(uplinks, visits, traffic, config.coap().maxPending()),
                storage.refusals(),
                guard(config.login().maxFailuresPerDevice()),
                traffic,
                clock);
        this.http = new HttpPlatform(
                List.of(
                        new AliyunHttp(services, tokens("aliyun https", ALIYUN_TOKEN_LIFETIME, Renewals.HARMLESS)),
                        new HuaweiHttp(services, huaweiTokens())),
                directory,
                new Intake(uplinks, visits, traffic, config.http().maxWaiting()),
                storage.refusals(),
                deviceGuard,
                addressGuard,
                traffic,
                clock);
    }

    private DeviceTokens huaweiTokens() {
        HuaweiHttp.Rules rules = config.huaweiHttps();
        Renewals renewals =
                new Renewals.Ending(rules.tokenGrace(), rules.tokenLifetime(), rules.tokensFollowed(), clock);
        return tokens("huawei https", rules.tokenLifetime(), renewals);
    }

    /// @param use what the tokens are good for, and for nothing else
    private DeviceTokens tokens(String use, Duration lifetime, Renewals renewals) {
        return new DeviceTokens(
                storage.keyFor("device tokens"),
                use,
                lifetime,
                renewals,
                storage.devices(),
                storage.directory(),
                clock);
    }

    /// How vendors' applications call.
    List<AppDialect> applications(RestServices.Forwarding forwarding) {
        AppDialect aliyun = new AliyunOpenApi(
                new AliyunOpenApi.Entrance(callers, signatureGuard, refusedCalls, audited, nonces),
                new AliyunOpenApi.Core(
                        products,
                        productTags,
                        devices,
                        units,
                        tags,
                        groups,
                        topology,
                        sessions,
                        requests,
                        downlinks,
                        messages,
                        topicRoutes,
                        batches,
                        new AliyunOpenApi.Certified(certification.issued(), certification.links()),
                        new AliyunOpenApi.Thing(
                                things,
                                repeats,
                                calls,
                                wishes,
                                new Shadows(storage.shadows(), devices, downlinks, clock),
                                models,
                                scriptSources,
                                scriptLinks),
                        new AliyunOpenApi.Subscriptions(
                                consumerGroups, new Relations(storage.relations(), consumerGroups))),
                config.aliyunOpenApi(),
                ZoneId.of(config.aliyunEvents().zone()),
                clock);
        AppDialect huawei = new HuaweiRest(
                new RestServices(
                        audited,
                        callers,
                        new RestServices.Doors(passwords, signatureGuard, refusedCalls, nonces),
                        spaces,
                        products,
                        models,
                        devices,
                        tags,
                        groups,
                        topology,
                        sessions,
                        messages,
                        downlinks,
                        outbox,
                        wishes,
                        calls,
                        forwarding,
                        consumerGroups,
                        batches,
                        new BatchFiles(storage.batchFiles(), config.batchFiles(), clock),
                        new RestServices.Certified(certification.authorities(), certification.templates()),
                        clock),
                config.huawei());
        return List.of(aliyun, huawei);
    }

    private LoginGuard guard(int maxFailures) {
        return new LoginGuard(maxFailures, config.login().window(), GUARD_KEYS, clock);
    }

    private static Set<String> tellingWishesAgain(List<MqttDialect> dialects) {
        return dialects.stream()
                .filter(MqttDialect::tellsWishesAgain)
                .map(MqttDialect::name)
                .collect(Collectors.toSet());
    }

    /// What can be read off it at any moment.
    void register(Metrics metrics) {
        streams.register(metrics);
        new GroupMetrics(metrics, consumerGroups, clock).watch();
        metrics.gauge("berth.sessions", "Live sessions of devices", sessions::count);
        metrics.gauge("berth.visits", "Devices online without a connection", visits::count);
        metrics.gauge("berth.requests.waiting", "Requests that wait for a device", requests::waiting);
        metrics.gauge("berth.storage.writes.waiting", "Writes that wait for the store", storage::writesWaiting);
        metrics.gauge("berth.storage.lookups.waiting", "Lookups that wait for the store", storage::lookupsWaiting);
        metrics.gauge("berth.devices.cached", "Devices in memory", storage::devicesCached);
        metrics.count("berth.refusals.dropped", "Refusal records not kept", storage::refusalsDropped);
        metrics.count("berth.presences.dropped", "Presence records not kept", storage::presencesDropped);
        metrics.gauge("berth.reports.waiting.bytes", "Reports that wait for a commit", storage::reportsWaitingBytes);
        metrics.gauge("berth.reports.unfolded.bytes", "Reports only in the journal", storage::reportsUnfoldedBytes);
        metrics.gauge("berth.things.remembered", "Things in memory", storage::thingsRemembered);
        metrics.count("berth.points.dropped", "Points too old for the history", storage::pointsDropped);
        for (Alarm.Severity severity : Alarm.Severity.values()) {
            String word = severity.name().toLowerCase(Locale.ROOT);
            metrics.gauge("berth.alarms", "Alarms that last", () -> alarms.active(severity), "severity", word);
        }
        metrics.count("berth.alarms.steps.dropped", "History of alarms not kept", alarms::stepsDropped);
        metrics.gauge("berth.batches.running", "Batches that are worked on", batches.runner()::running);
        metrics.count("berth.line.issued", "Identities handed out to the line", desk::issued);
        metrics.count("berth.line.confirmed", "Devices that were confirmed to carry their identity", desk::confirmed);
        metrics.count("berth.line.refused", "Requests of the line that were refused", desk::refused);
        metrics.gauge("berth.scripts.waiting", "Calls of scripts that wait for a turn", scripts::waiting);
    }
}
