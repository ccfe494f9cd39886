package io.berth.dialect.aliyun.openapi;

import static io.berth.core.ProblemException.require;

import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.batch.Batches;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.caller.Reach;
import io.berth.core.caller.Rights;
import io.berth.core.certificate.CertificateLinks;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.enrol.Units;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.product.ProductTags;
import io.berth.core.product.Products;
import io.berth.core.product.ScriptLinks;
import io.berth.core.product.ScriptSources;
import io.berth.core.product.ThingModels;
import io.berth.core.route.TopicRoutes;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Shadows;
import io.berth.core.session.Topology;
import io.berth.core.state.Repeats;
import io.berth.core.state.Things;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Relations;
import io.berth.dialect.AppAnswer;
import io.berth.dialect.AppDialect;
import io.berth.dialect.AppRequest;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/// Alibaba's OpenAPI gateway: verifies, finds the action, runs it as an audited call, answers. Blocking; any
/// thread.
public final class AliyunOpenApi implements AppDialect {
    private static final String NAME = "aliyun";
    private static final String VERSION = "2018-01-20";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

    private final Gatekeeper gatekeeper;
    private final Pace pace;
    private final AuditedCalls calls;
    private final Core core;
    private final Catalogue catalogue;
    private final Rules rules;

    /// @param zone of local times in answers
    public AliyunOpenApi(Entrance entrance, Core core, Rules rules, ZoneId zone, InstantSource clock) {
        this.gatekeeper = new Gatekeeper(
                new Gatekeeper.Door(NAME, entrance.callers(), entrance.guard(), entrance.refused()),
                entrance.nonces(),
                clock);
        this.pace = new Pace(Pace.read(rules.callsPerSecond()), clock);
        this.calls = entrance.calls();
        this.core = core;
        this.catalogue = catalogue(core, rules, new Times(zone), clock);
        this.rules = rules;
    }

    /// Who may call.
    ///
    /// @param guard counts wrong guesses by address
    public record Entrance(
            Callers callers, LoginGuard guard, RefusedCalls refused, AuditedCalls calls, Nonces nonces) {}

    /// What actions ask.
    public record Core(
            Products products,
            ProductTags productTags,
            Devices devices,
            Units units,
            Tags tags,
            Groups groups,
            Topology topology,
            Sessions sessions,
            Requests requests,
            Downlinks downlinks,
            Messages messages,
            TopicRoutes routes,
            Batches batches,
            Certified certified,
            Thing thing,
            Subscriptions subscriptions) {}

    /// What they ask of things and their models.
    public record Thing(
            Things things,
            Repeats repeats,
            Calls calls,
            Wishes wishes,
            Shadows shadows,
            ThingModels models,
            ScriptSources scripts,
            ScriptLinks scriptLinks) {}

    /// What they ask of certificates.
    public record Certified(DeviceCertificates certificates, CertificateLinks links) {}

    public record Subscriptions(ConsumerGroups groups, Relations relations) {}

    /// @param instanceId the one `IotInstanceId` that calls may name; empty: they may name any
    /// @param region what answers say
    /// @param maxBodyBytes of one call
    /// @param callsPerSecond of single actions, `RegisterDevice=30`; all others may be called any number of
    /// times
    public record Rules(String instanceId, String region, int maxBodyBytes, List<String> callsPerSecond) {
        public static final Rules DEFAULT = new Rules("", "cn-shanghai", 1 << 20, List.of());

        public Rules {
            require(maxBodyBytes >= 1024, "aliyun-openapi.max-body-bytes must be at least 1 KiB");
            callsPerSecond = List.copyOf(callsPerSecond);
            var _ = Pace.read(callsPerSecond);
        }
    }

    private static Catalogue catalogue(Core core, Rules rules, Times times, InstantSource clock) {
        DeviceWords words = new DeviceWords(core.sessions(), times, rules.region());
        VendorGroups groups = new VendorGroups(
                core.subscriptions().groups(), core.subscriptions().relations());
        Thing thing = core.thing();
        return new Catalogue(List.of(
                new ProductActions(core.products(), core.devices()),
                new ProductTagActions(core.products(), core.productTags()),
                new ProductTopicActions(core.products()),
                new TopicRouteActions(core.routes()),
                new HeardTopicActions(core.sessions()),
                new RepeatActions(thing.repeats()),
                new DeviceActions(core.devices(), words),
                new ClientIdActions(core.units()),
                new DeviceListActions(core.devices(), core.groups(), words),
                new DeviceSqlActions(core.devices(), core.groups(), core.tags(), words),
                new DeviceBatchActions(core.devices(), words),
                new RegistrationActions(core.batches()),
                new ImportActions(core.devices(), core.batches()),
                new CertificateActions(
                        core.products(),
                        core.batches(),
                        core.certified().certificates(),
                        core.certified().links()),
                new DeviceTagActions(core.devices(), core.tags()),
                new TopologyActions(core.topology(), core.requests(), core.downlinks(), words),
                new GroupActions(core.groups(), core.devices()),
                new GroupMemberActions(core.groups(), core.devices()),
                new DynamicGroupActions(core.groups(), core.devices(), words),
                new GroupTagActions(core.groups()),
                new MessageActions(core.messages()),
                new BroadcastActions(core.messages(), core.downlinks(), core.sessions()),
                new RequestActions(core.requests()),
                new PropertyCallActions(thing.calls()),
                new ServiceCallActions(thing.calls()),
                new ThingStateActions(thing.things()),
                new PropertyHistoryActions(thing.things()),
                new EventHistoryActions(thing.things()),
                new ServiceHistoryActions(thing.calls()),
                new OriginalDataActions(thing.things(), thing.calls()),
                new DesiredActions(thing.wishes(), core.messages()),
                new ShadowActions(thing.shadows(), clock),
                new ConsumerGroupActions(groups),
                new SubscribeRelationActions(core.subscriptions().relations(), groups),
                new ModelFeatureActions(thing.models()),
                new ModelActions(thing.models()),
                new ScriptActions(thing.scripts(), thing.scriptLinks()),
                new AccountActions()));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<AppPath> paths() {
        return METHODS.stream().map(method -> new AppPath(method, "/")).toList();
    }

    @Override
    public AppAnswer answer(AppRequest request) throws InterruptedException {
        Envelope envelope = Envelope.of(request);
        Format format = Format.of(request);
        try {
            Received received = Received.read(request, rules.maxBodyBytes());
            format = Format.of(received);
            return answer(received, format, envelope);
        } catch (GatewayException e) {
            return envelope.failed(format, e);
        }
    }

    @Override
    public AppAnswer fault(AppRequest request) {
        return Envelope.of(request).failed(Format.of(request), new GatewayException(GatewayCode.INTERNAL));
    }

    private AppAnswer answer(Received received, Format format, Envelope envelope) throws InterruptedException {
        if (!received.method().equals("GET") && !received.method().equals("POST")) {
            throw new GatewayException(GatewayCode.UNSUPPORTED_METHOD);
        }
        Signature signature = Signature.read(received);
        Caller caller = gatekeeper.admit(signature, received.request().from());
        if (!signature.version().equals(VERSION)) {
            throw new GatewayException(GatewayCode.INVALID_VERSION);
        }
        String name = signature.action();
        if (!catalogue.names().contains(name)) {
            throw new GatewayException(GatewayCode.UNKNOWN_ACTION);
        }
        Action<?> action = catalogue.find(name);
        if (action == null) {
            return envelope.refused(format, name, Codes.NOT_BUILT, name + " is not built");
        }
        if (!pace.admits(name)) {
            throw new GatewayException(GatewayCode.THROTTLED_ACTION);
        }
        String instance = received.all().get("IotInstanceId");
        if (instance != null && !rules.instanceId().isEmpty() && !instance.equals(rules.instanceId())) {
            return envelope.refused(format, name, Codes.NO_INSTANCE, "there is no instance " + instance);
        }
        return run(action, new Asked(caller, received), format, envelope);
    }

    private record Asked(Caller caller, Received received) {}

    private AppAnswer run(Action<?> action, Asked asked, Format format, Envelope envelope) throws InterruptedException {
        Parameters parameters = asked.received().all();
        Rights rights = asked.caller().rights();
        var work = action.prepare(parameters, rights, Reach.of(rights, core.products(), core.devices()));
        AuditedCalls.Attempt attempt = new AuditedCalls.Attempt(
                asked.caller(), asked.received().request().peer(), NAME, action.task(), AuditTarget.of(parameters));
        try {
            Value.Fields answer = calls.run(attempt, work, made -> AuditTarget.of(parameters, made));
            return envelope.done(format, action.name(), action.shaped(answer, format));
        } catch (ProblemException e) {
            String code = Codes.of(e, action.family());
            return envelope.refused(format, action.name(), new Envelope.Refused(code, e.detail(), Refusal.members(e)));
        }
    }
}
