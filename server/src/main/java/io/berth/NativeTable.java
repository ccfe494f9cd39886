package io.berth;

import io.berth.api.AccessKeyRoutes;
import io.berth.api.AlarmRoutes;
import io.berth.api.AppEndpoints;
import io.berth.api.AuditRoutes;
import io.berth.api.AuthorityRoutes;
import io.berth.api.BatchForm;
import io.berth.api.BatchRoutes;
import io.berth.api.CallRoutes;
import io.berth.api.CertificateRoutes;
import io.berth.api.CertificateZip;
import io.berth.api.ConfigRoutes;
import io.berth.api.ConsumerGroupRoutes;
import io.berth.api.DeviceLogRoutes;
import io.berth.api.DeviceRoutes;
import io.berth.api.Gate;
import io.berth.api.GroupRoutes;
import io.berth.api.ImportRoutes;
import io.berth.api.LineRoutes;
import io.berth.api.LineUnitRoutes;
import io.berth.api.LoginRoutes;
import io.berth.api.MessageRoutes;
import io.berth.api.MessageStreamRoutes;
import io.berth.api.NativeApi;
import io.berth.api.NativeModel;
import io.berth.api.NodeFacts;
import io.berth.api.NodeRoutes;
import io.berth.api.ProductRoutes;
import io.berth.api.RegistrationRoutes;
import io.berth.api.RiskRoutes;
import io.berth.api.RuleRoutes;
import io.berth.api.SceneRoutes;
import io.berth.api.ScriptFile;
import io.berth.api.ScriptRoutes;
import io.berth.api.ShadowRoutes;
import io.berth.api.SpaceGuard;
import io.berth.api.SpaceRoutes;
import io.berth.api.StateRoutes;
import io.berth.api.StationRoutes;
import io.berth.api.TagRoutes;
import io.berth.api.TailRoutes;
import io.berth.api.TemplateRoutes;
import io.berth.api.ThingModelRoutes;
import io.berth.api.TokenRoutes;
import io.berth.api.TopologyRoutes;
import io.berth.api.UserRoutes;
import io.berth.api.WishRoutes;
import io.berth.core.caller.Reach;
import io.berth.core.device.DeviceImport;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfigs;
import io.berth.core.rule.Policies;
import io.berth.core.rule.Rules;
import io.berth.core.scene.Scenes;
import io.berth.dialect.ModelFormat;
import io.berth.dialect.aliyun.AliyunTsl;
import io.berth.dialect.huawei.HuaweiModel;
import io.berth.dialect.huawei.rest.RestServices;
import io.berth.storage.Storage;
import io.berth.web.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The native API over a platform: every group of routes, and what else the web server answers.
final class NativeTable implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int STREAMED_AT_ONCE = 1000;
    private static final Duration STREAMED_PATIENCE = Duration.ofSeconds(20);
    /// The more particular before the TSL, for which any JSON object is taken.
    private static final List<ModelFormat> MODEL_FORMATS = List.of(
            new NativeModel(),
            new HuaweiModel(HuaweiModel.Form.JSON),
            new HuaweiModel(HuaweiModel.Form.ZIP),
            new AliyunTsl());

    private final MessageStreamRoutes streams;
    private final List<Endpoint> endpoints;

    /// What works by itself.
    record Automation(Rules rules, Policies policies, Scenes scenes) {}

    NativeTable(Platform platform, Automation automation, NodeFacts node, String nodeName) {
        Storage storage = platform.storage;
        Products products = platform.products;
        Devices devices = platform.devices;
        streams = new MessageStreamRoutes(storage.directory(), platform.messages, STREAMED_AT_ONCE, STREAMED_PATIENCE);
        ConfigRoutes configs = new ConfigRoutes(
                products,
                new RemoteConfigs(storage.configs(), products, platform.clock),
                platform.sessions,
                platform.requests,
                platform.downlinks,
                platform.filesUrl);
        NativeApi api = new NativeApi(
                new Gate(platform.callers),
                platform.audited,
                new SpaceGuard(
                        (rights, product) -> Reach.of(rights, products, devices).product(product)),
                node.version(),
                List.of(
                        new NodeRoutes(node, platform.sessions, platform.clock),
                        new SpaceRoutes(platform.spaces),
                        new ProductRoutes(products),
                        new ThingModelRoutes(platform.models, products, MODEL_FORMATS),
                        new StateRoutes(platform.things, devices, products, platform.clock),
                        new ShadowRoutes(platform.shadows),
                        new ScriptRoutes(platform.scriptSources),
                        new RuleRoutes(automation.rules()),
                        new DeviceRoutes(devices, platform.sessions, nodeName),
                        new ImportRoutes(new DeviceImport(devices, products)),
                        new MessageRoutes(
                                products,
                                storage.directory(),
                                new MessageRoutes.Ways(platform.downlinks, platform.messages, platform.requests)),
                        streams,
                        new CallRoutes(platform.calls),
                        new WishRoutes(platform.wishes),
                        new AlarmRoutes(platform.alarms),
                        new SceneRoutes(automation.scenes()),
                        new TailRoutes(platform.streams.feed, platform.streams.history, HEARTBEAT),
                        new ConsumerGroupRoutes(platform.consumerGroups),
                        new TokenRoutes(platform.callers, platform.audited, platform.passwords, platform.clock),
                        new UserRoutes(platform.callers.users()),
                        new AccessKeyRoutes(platform.callers.accessKeys()),
                        new AuditRoutes(storage.audit()),
                        new GroupRoutes(platform.groups, devices, platform.sessions),
                        new BatchRoutes(new BatchForm.Registry(platform.batches, platform.groups, devices)),
                        new RegistrationRoutes(products, platform.batches),
                        new RiskRoutes(platform.units),
                        new StationRoutes(platform.line.operated()),
                        new LineRoutes(platform.line.operated()),
                        new LineUnitRoutes(platform.line.operated()),
                        new TagRoutes(devices, platform.tags),
                        new TopologyRoutes(
                                products,
                                devices,
                                platform.topology,
                                platform.sessions,
                                platform.requests,
                                platform.downlinks),
                        new DeviceLogRoutes(devices, storage.deviceLogs(), platform.requests, platform.downlinks),
                        new CertificateRoutes(
                                platform.certification.issued(),
                                platform.certification.links(),
                                devices,
                                platform.batches,
                                platform.clock),
                        new AuthorityRoutes(platform.certification.authorities()),
                        new TemplateRoutes(platform.certification.templates(), products),
                        configs,
                        new LoginRoutes(storage.refusals(), platform.wires.logins, node, platform.clock)));
        endpoints = new ArrayList<>(api.endpoints());
        endpoints.add(configs.file());
        endpoints.add(
                new CertificateZip(platform.certification.issued(), platform.certification.links(), platform.batches)
                        .endpoint());
        endpoints.add(new ScriptFile(platform.scriptLinks).endpoint());
        endpoints.addAll(platform.line.certificates().endpoints());
        Applications.of(
                        platform,
                        new RestServices.Forwarding(automation.rules(), automation.policies(), automation.scenes()))
                .forEach(dialect -> endpoints.addAll(AppEndpoints.of(dialect)));
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /// Ends the messages that stream in.
    @Override
    public void close() {
        streams.close();
    }
}
