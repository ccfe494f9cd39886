package io.berth.dialect.huawei.rest;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;

import io.berth.core.alarm.AlarmBell;
import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.batch.BatchFiles;
import io.berth.core.batch.BatchLimits;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Callers;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.caller.Rights;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.certificate.CertificateSessions;
import io.berth.core.certificate.Templates;
import io.berth.core.credential.Secret;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.message.Events;
import io.berth.core.outbox.Outbox;
import io.berth.core.product.Products;
import io.berth.core.product.Spaces;
import io.berth.core.product.ThingModels;
import io.berth.core.rule.ActionMeters;
import io.berth.core.rule.Policies;
import io.berth.core.rule.Rules;
import io.berth.core.scene.Scene;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.session.Traffic;
import io.berth.core.state.Things;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.dialect.AppAnswer;
import io.berth.rule.DestinationConfig;
import io.berth.rule.Destinations;
import io.berth.rule.GroupDestination;
import io.berth.rule.RuleBook;
import io.berth.rule.RuleConfig;
import io.berth.rule.RuleSite;
import io.berth.rule.scene.SceneBook;
import io.berth.rule.scene.SceneConfig;
import io.berth.rule.scene.SceneSite;
import io.berth.storage.EmptyDatabase;
import io.berth.storage.MasterKey;
import io.berth.storage.Storage;
import io.berth.storage.StorageConfig;
import io.berth.stream.Interest;
import io.berth.stream.group.GroupsConfig;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryAudit;
import io.berth.testing.MemoryCallers;
import io.berth.testing.MemoryConsumerGroups;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.MemoryNonces;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.MemoryRules;
import io.berth.testing.PlainFormat;
import io.berth.testing.TestBatches;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The interface over a platform in an embedded store, called by holders of tokens.
final class TestRest implements AutoCloseable {
    static final String ROOT = "/v5/iot/" + HuaweiRest.Rules.DEFAULT.projectId() + "/";

    final TestClock clock = new TestClock();
    final MemoryAudit audit = new MemoryAudit();
    final Callers callers =
            new Callers(new MemoryCallers(), QUICK_HASHING, new AccessKeys(new MemoryAccessKeys(), clock), clock);
    final Spaces spaces;
    final HuaweiRest rest;
    private final io.berth.stream.group.Groups readers = new io.berth.stream.group.Groups(
            new MemoryLog(2), new Interest(), new MemoryCursors(), GroupsConfig.DEFAULT, clock);
    private final Storage storage;
    private final RestServices services;

    TestRest(Path directory) {
        MasterKey key = MasterKey.load(directory, null);
        EmptyDatabase.lay(directory);
        storage = Storage.open(StorageConfig.DEFAULT, directory, key, clock);
        spaces = new Spaces(storage.spaces(), clock);
        services = services();
        rest = new HuaweiRest(services, HuaweiRest.Rules.DEFAULT);
    }

    private RestServices services() {
        Products products = new Products(storage.products(), clock, storage.directory()::forgetProduct);
        Devices devices = new Devices(
                storage.devices(),
                products,
                clock,
                (device, _) -> storage.directory().forget(device.id()));
        Events events = new Events(new FakeLog(), clock);
        Sessions sessions = new Sessions(events, storage.presence());
        Downlinks downlinks = new Downlinks(sessions, storage.sessions());
        Messages messages = new Messages(downlinks, events, 0);
        Requests requests = new Requests(downlinks, sessions, 10, 0);
        Calls calls = new Calls(
                storage.calls(),
                new Calls.Ways(storage.directory(), sessions, requests, downlinks, Traffic.UNCOUNTED),
                Calls.Limits.DEFAULT,
                clock);
        LoginGuard guard = new LoginGuard(3, Duration.ofMinutes(1), 100, clock);
        RefusedCalls refused = new RefusedCalls(new MemoryRefusals(), clock);
        return new RestServices(
                new AuditedCalls(audit, clock),
                callers,
                new RestServices.Doors(
                        new PasswordLogins(callers, guard, refused),
                        new LoginGuard(1000, Duration.ofMinutes(1), 100, clock),
                        refused,
                        MemoryNonces.nonces(10_000, clock)),
                spaces,
                products,
                new ThingModels(storage.models(), products, clock, storage.directory()::forgetProduct),
                devices,
                new Tags(storage.tags()),
                new Groups(storage.groups(), devices, List.of(new HuaweiGroupRules(products, devices, spaces)), clock),
                new Topology(storage.topology(), storage.directory(), sessions, requests, downlinks, events, 10),
                sessions,
                messages,
                downlinks,
                new Outbox(storage.outbox(), messages, sessions, Outbox.Limits.DEFAULT, clock),
                new Wishes(new Things(storage.things(), clock), sessions, calls, Set.of(), clock),
                calls,
                forwarding(
                        products,
                        new SceneSite(
                                products,
                                storage.directory(),
                                sessions,
                                new Things(storage.things(), clock),
                                calls,
                                new Alarms(storage.alarms(), Alarms.Limits.DEFAULT, clock),
                                (_, _) -> "",
                                SceneConfig.DEFAULT,
                                clock)),
                consumerGroups(products),
                TestBatches.over(storage, products, devices, BatchLimits.DEFAULT, clock),
                new BatchFiles(storage.batchFiles(), new BatchFiles.Limits(3, 20_000, 200_000), clock),
                new RestServices.Certified(
                        new Authorities(
                                storage.authorities(),
                                new CertificateSessions(sessions),
                                CertificateConfig.DEFAULT,
                                clock),
                        new Templates(storage.templates(), CertificateConfig.DEFAULT, clock)),
                clock);
    }

    List<Scene> scenes() {
        return storage.scenes().list();
    }

    /// Rules that are kept and have nowhere to send to, and scenes that nobody tells what happens.
    private RestServices.Forwarding forwarding(Products products, SceneSite scenes) {
        RuleSite site = new RuleSite(readers, readers, AlarmBell.SILENT, ActionMeters.NONE, RuleConfig.DEFAULT, clock);
        RuleBook book = new RuleBook(
                Map.of("huawei", new PlainFormat("huawei")),
                new Destinations()
                        .with(
                                "group",
                                DestinationConfig.Group.class,
                                to -> new GroupDestination(
                                        to, _ -> Optional.empty(), new MemoryLog(1), Duration.ofSeconds(1))),
                new RuleBook.Registry(_ -> Map.of(), _ -> ""),
                site);
        return new RestServices.Forwarding(
                new Rules(new MemoryRules(), book, products, new Rules.Limits(10, 10), clock),
                new Policies(storage.policies(), book, 3),
                new SceneBook(storage.scenes(), scenes, readers, readers));
    }

    private ConsumerGroups consumerGroups(Products products) {
        return new ConsumerGroups(new MemoryConsumerGroups(), readers, products, Set.of("huawei"), 10, clock);
    }

    Catalogue catalogue() {
        return new Catalogue(services, HuaweiRest.Rules.DEFAULT.answerTimeout());
    }

    /// A token for someone with these rights.
    String token(Rights rights) {
        return callers.createToken("token-" + rights.role() + rights.spaces().size(), rights, Duration.ofHours(1))
                .reveal();
    }

    /// Calls below the project as an administrator.
    AppAnswer call(String method, String path, String body) throws InterruptedException {
        return call(Rights.ALL, method, path, body);
    }

    AppAnswer call(Rights rights, String method, String path, String body) throws InterruptedException {
        return answer(SentRequest.of(method, ROOT + path, body).with("X-Auth-Token", token(rights)));
    }

    AppAnswer answer(SentRequest request) throws InterruptedException {
        return rest.answer(request);
    }

    /// Makes a user as the operator does.
    void user(String name, String password) {
        callers.users().create(name, new Secret(password), Rights.ALL);
    }

    @Override
    public void close() {
        services.batches().runner().close();
        readers.close();
        storage.close();
    }
}
