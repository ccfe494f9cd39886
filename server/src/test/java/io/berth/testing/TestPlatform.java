package io.berth.testing;

import io.berth.core.alarm.Alarms;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.certificate.CertificateLogins;
import io.berth.core.certificate.CertificateSessions;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.certificate.PlatformAuthority;
import io.berth.core.certificate.SelfRegistration;
import io.berth.core.certificate.Templates;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.enrol.EnrolmentLimits;
import io.berth.core.enrol.Enrolments;
import io.berth.core.enrol.Registry;
import io.berth.core.enrol.Units;
import io.berth.core.message.Events;
import io.berth.core.product.Products;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.state.Things;
import io.berth.dialect.DeviceServices;
import io.berth.tls.DeviceMint;
import java.time.InstantSource;

/// The platform as dialects see it, in memory.
public final class TestPlatform {
    public final MemoryThings things = new MemoryThings();
    public final MemoryBelongings belongings = new MemoryBelongings();
    public final MemoryRegistry registry = new MemoryRegistry();
    public final Products products;
    public final Devices devices;
    public final FakeLog log = new FakeLog();
    public final Sessions sessions;
    public final Downlinks downlinks;
    public final Requests requests;
    public final Events events;
    public final MemoryUnits units;
    public final Alarms alarms;
    public EnrolmentLimits enrolment = EnrolmentLimits.DEFAULT;
    public final MemoryCertificates kept = new MemoryCertificates();
    public final PlatformAuthority authority;
    public final DeviceCertificates certificates;
    public final Authorities authorities;
    public final Templates templates;
    private final InstantSource clock;

    public TestPlatform(InstantSource clock) {
        this.clock = clock;
        this.units = registry.units();
        this.alarms = new Alarms(new MemoryAlarms(), Alarms.Limits.DEFAULT, clock);
        this.events = new Events(log, clock);
        this.sessions = new Sessions(events, _ -> {});
        this.downlinks = new Downlinks(sessions, new MemorySessions(2));
        this.requests = new Requests(downlinks, sessions, 10, 0);
        this.products = new Products(registry.products(), clock, _ -> {});
        this.devices = new Devices(registry.devices(), products, clock, (_, _) -> {});
        CertificateSessions certified = new CertificateSessions(sessions);
        this.authority = new PlatformAuthority(kept.certificates(), new DeviceMint(), CertificateConfig.DEFAULT, clock);
        this.certificates = new DeviceCertificates(
                kept.certificates(),
                authority,
                new DeviceCertificates.Ways(devices, products, certified),
                CertificateConfig.DEFAULT,
                clock);
        this.authorities = new Authorities(kept.authorities(), certified, CertificateConfig.DEFAULT, clock);
        this.templates = new Templates(kept.templates(), CertificateConfig.DEFAULT, clock);
    }

    public CertificateLogins certificateLogins(DeviceDirectory directory) {
        SelfRegistration registration =
                new SelfRegistration(kept.templates(), devices, products, new Tags(belongings.tags));
        return new CertificateLogins(
                certificates, authorities, new CertificateLogins.Ways(devices, directory, registration), clock);
    }

    public DeviceServices services(DeviceDirectory directory) {
        return services(directory, new DeviceServices.Rules(false, 2000, true, "http://127.0.0.1:8080", 0));
    }

    public DeviceServices services(DeviceDirectory directory, DeviceServices.Rules rules) {
        Registry known = new Registry(products, devices, directory, sessions);
        return new DeviceServices(
                new Things(things, clock),
                things,
                new Tags(belongings.tags),
                new Topology(belongings.topology, directory, sessions, requests, downlinks, events, 2000),
                devices,
                products,
                directory,
                new Enrolments(known, units, enrolment, clock),
                new Units(units, known, alarms, clock),
                belongings.configs,
                belongings.logs,
                new NoScripts(),
                certificateLogins(directory),
                rules,
                rules::filesUrl,
                clock);
    }
}
