package io.berth.benchmarks;

import io.berth.core.alarm.AlarmStore;
import io.berth.core.alarm.Alarms;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.AuthorityStore;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.certificate.CertificateLogins;
import io.berth.core.certificate.CertificateSessions;
import io.berth.core.certificate.CertificateStore;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.certificate.Mint;
import io.berth.core.certificate.SelfRegistration;
import io.berth.core.certificate.TemplateStore;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Devices;
import io.berth.core.device.TagStore;
import io.berth.core.device.Tags;
import io.berth.core.device.TopologyStore;
import io.berth.core.enrol.EnrolmentLimits;
import io.berth.core.enrol.Enrolments;
import io.berth.core.enrol.Registry;
import io.berth.core.enrol.UnitStore;
import io.berth.core.enrol.Units;
import io.berth.core.message.EventLog;
import io.berth.core.message.Events;
import io.berth.core.product.ProductStore;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfigStore;
import io.berth.core.product.Scripts;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.SessionStore;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.state.ShadowStore;
import io.berth.core.state.ThingStore;
import io.berth.core.state.Things;
import io.berth.dialect.DeviceServices;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A platform for dialects that never ask it: every store says so when it is asked after all.
final class UnusedPlatform {
    private UnusedPlatform() {}

    static DeviceServices services(InstantSource clock) {
        Events events = new Events(unused(EventLog.class), clock);
        DeviceDirectory directory = unused(DeviceDirectory.class);
        Sessions sessions = new Sessions(events, _ -> {});
        Downlinks downlinks = new Downlinks(sessions, unused(SessionStore.class));
        Requests requests = new Requests(downlinks, sessions, 1, 0);
        Products products = new Products(unused(ProductStore.class), clock, _ -> {});
        Devices devices = new Devices(unused(DeviceStore.class), products, clock, (_, _) -> {});
        Tags tags = new Tags(unused(TagStore.class));
        Registry registry = new Registry(products, devices, directory, sessions);
        Alarms alarms = new Alarms(unused(AlarmStore.class), Alarms.Limits.DEFAULT, clock);
        return new DeviceServices(
                new Things(unused(ThingStore.class), clock),
                unused(ShadowStore.class),
                tags,
                new Topology(unused(TopologyStore.class), directory, sessions, requests, downlinks, events, 1),
                devices,
                products,
                directory,
                new Enrolments(registry, unused(UnitStore.class), EnrolmentLimits.DEFAULT, clock),
                new Units(unused(UnitStore.class), registry, alarms, clock),
                unused(RemoteConfigStore.class),
                unused(DeviceLogStore.class),
                unused(Scripts.class),
                certificates(
                        directory,
                        tags,
                        new DeviceCertificates.Ways(devices, products, new CertificateSessions(sessions)),
                        clock),
                DeviceServices.Rules.DEFAULT,
                () -> "",
                clock);
    }

    private static CertificateLogins certificates(
            DeviceDirectory directory, Tags tags, DeviceCertificates.Ways ways, InstantSource clock) {
        SelfRegistration registration =
                new SelfRegistration(unused(TemplateStore.class), ways.devices(), ways.products(), tags);
        return new CertificateLogins(
                new DeviceCertificates(
                        unused(CertificateStore.class), unused(Mint.class), ways, CertificateConfig.DEFAULT, clock),
                new Authorities(unused(AuthorityStore.class), ways.sessions(), CertificateConfig.DEFAULT, clock),
                new CertificateLogins.Ways(ways.devices(), directory, registration),
                clock);
    }

    /// Empty where a service looks at once what there is.
    private static <T> T unused(Class<T> store) {
        return store.cast(Proxy.newProxyInstance(store.getClassLoader(), new Class<?>[] {store}, (_, method, _) -> {
            if (method.getReturnType() == List.class) {
                return List.of();
            }
            if (method.getReturnType() == Optional.class) {
                return Optional.empty();
            }
            throw new UnsupportedOperationException(method.toString());
        }));
    }
}
