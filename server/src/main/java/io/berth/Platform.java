package io.berth;

import io.berth.api.NativeNotifications;
import io.berth.api.NativeSubscriber;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmNews;
import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditedCalls;
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
import io.berth.core.device.FormerDevices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.enrol.Enrolments;
import io.berth.core.enrol.Registry;
import io.berth.core.enrol.Units;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
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
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Shadows;
import io.berth.core.session.Topology;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import io.berth.core.state.Repeats;
import io.berth.core.state.Things;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.aliyun.app.AliyunNotifications;
import io.berth.dialect.aliyun.app.AliyunSubscriber;
import io.berth.dialect.aliyun.openapi.AliyunGroupRules;
import io.berth.dialect.huawei.app.HuaweiNotifications;
import io.berth.dialect.huawei.app.HuaweiSubscriber;
import io.berth.dialect.huawei.rest.HuaweiGroupRules;
import io.berth.ops.GroupMetrics;
import io.berth.ops.Metrics;
import io.berth.ops.ScriptMetrics;
import io.berth.ops.SubscriberMetrics;
import io.berth.ops.TrafficMetrics;
import io.berth.rule.Inbox;
import io.berth.script.SandboxedScripts;
import io.berth.storage.Storage;
import io.berth.storage.StorageLoad;
import io.berth.stream.amqp.AmqpPlatform;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The platform: core's services over the stores, built with plain constructors. Nothing of it listens yet.
final class Platform {
    private static final int WRONG_PASSWORDS = 10;

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
    final Shadows shadows;
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
    final FactoryLine line;
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
    /// How devices come in.
    final DeviceWires wires;
    final AmqpPlatform amqp;
    /// Messages that applications can ask after.
    final Outbox outbox;
    final TopicRoutes topicRoutes;
    final Repeats repeats;
    final Supplier<String> filesUrl;
    final InstantSource clock;
    final Config config;

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
        FormerDevices told = new FormerDevices(directory);
        DeviceChanges deviceChanges = new DeviceChanges(told, sessions, notices, things, events);
        this.devices = new Devices(storage.devices(), products, clock, deviceChanges);
        this.shadows = new Shadows(storage.shadows(), devices, downlinks, clock);
        this.tags = new Tags(storage.tags());
        this.groups = new Groups(
                storage.groups(),
                devices,
                List.of(
                        new AliyunGroupRules(ZoneId.of(config.aliyunEvents().zone())),
                        new HuaweiGroupRules(products, devices, spaces)),
                clock);
        this.callers =
                new Callers(storage.callers(), config.passwords(), new AccessKeys(storage.accessKeys(), clock), clock);
        this.audited = new AuditedCalls(storage.audit(), clock);
        this.refusedCalls = new RefusedCalls(storage.refusals(), clock);
        this.passwords = new PasswordLogins(callers, config.login().guard(WRONG_PASSWORDS, clock), refusedCalls);
        this.nonces = new Nonces(storage.nonces(), config.login().maxNonces(), clock);
        this.signatureGuard = config.login().addressGuard(clock);

        this.formats = Stream.of(
                        new AliyunNotifications(told, config.aliyunEvents()),
                        new HuaweiNotifications(new HuaweiNotifications.Registry(
                                told,
                                tags,
                                products::find,
                                storage.spaces()::find,
                                topology::gatewayOf,
                                device -> Optional.ofNullable(sessions.find(device))
                                        .map(Session::since))),
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
                config.login().addressGuard(clock),
                new SubscriberMetrics(metrics),
                clock);

        Registry registry = new Registry(products, devices, directory, sessions);
        this.units = new Units(storage.units(), registry, alarms, clock);
        this.certification = Certification.over(
                storage,
                new Certification.Ways(devices, products, tags, sessions, alarms, filesUrl),
                config.certificates(),
                clock);
        this.line = FactoryLine.over(
                storage,
                new FactoryLine.Ways(products, devices, certification.own(), nonces, refusedCalls, alarms),
                config.line(),
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
        this.wires = new DeviceWires(
                services, new DeviceWires.Ways(sessions, visits, uplinks, messages, traffic), storage, config);
        this.wishes = new Wishes(things, sessions, calls, wires.tellingWishesAgain(), clock);
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
    }

    /// What can be read off it at any moment.
    void register(Metrics metrics) {
        streams.register(metrics);
        line.register(metrics);
        new GroupMetrics(metrics, consumerGroups, clock).watch();
        metrics.gauge("berth.sessions", "Live sessions of devices", sessions::count);
        metrics.gauge("berth.visits", "Devices online without a connection", visits::count);
        metrics.gauge("berth.requests.waiting", "Requests that wait for a device", requests::waiting);
        StorageLoad load = storage.load();
        metrics.gauge("berth.storage.writes.waiting", "Writes that wait for the store", load::writesWaiting);
        metrics.gauge("berth.storage.lookups.waiting", "Lookups that wait for the store", load::lookupsWaiting);
        metrics.gauge("berth.devices.cached", "Devices in memory", load::devicesCached);
        metrics.count("berth.refusals.dropped", "Refusal records not kept", load::refusalsDropped);
        metrics.count("berth.presences.dropped", "Presence records not kept", load::presencesDropped);
        metrics.gauge("berth.reports.waiting.bytes", "Reports that wait for a commit", load::reportsWaitingBytes);
        metrics.gauge("berth.reports.unfolded.bytes", "Reports only in the journal", load::reportsUnfoldedBytes);
        metrics.gauge("berth.things.remembered", "Things in memory", load::thingsRemembered);
        metrics.count("berth.points.dropped", "Points too old for the history", load::pointsDropped);
        for (Alarm.Severity severity : Alarm.Severity.values()) {
            String word = severity.name().toLowerCase(Locale.ROOT);
            metrics.gauge("berth.alarms", "Alarms that last", () -> alarms.active(severity), "severity", word);
        }
        metrics.count("berth.alarms.steps.dropped", "History of alarms not kept", alarms::stepsDropped);
        metrics.gauge("berth.batches.running", "Batches that are worked on", batches.runner()::running);
        metrics.gauge("berth.scripts.waiting", "Calls of scripts that wait for a turn", scripts::waiting);
    }
}
