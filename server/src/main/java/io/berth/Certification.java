package io.berth;

import io.berth.core.alarm.AlarmBell;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.certificate.CertificateLinks;
import io.berth.core.certificate.CertificateLogins;
import io.berth.core.certificate.CertificateSessions;
import io.berth.core.certificate.CertificateWatch;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.certificate.ExpiryWatch;
import io.berth.core.certificate.PlatformAuthority;
import io.berth.core.certificate.SelfRegistration;
import io.berth.core.certificate.Templates;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.product.Products;
import io.berth.core.session.Sessions;
import io.berth.storage.Storage;
import io.berth.tls.DeviceMint;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Everything about certificates of devices, over the stores.
record Certification(
        PlatformAuthority own,
        DeviceCertificates issued,
        Authorities authorities,
        Templates templates,
        CertificateLinks links,
        CertificateLogins logins,
        CertificateWatch watch,
        ExpiryWatch expiry) {
    /// Whom it works with.
    ///
    /// @param server the address of this server
    record Ways(
            Devices devices,
            Products products,
            Tags tags,
            Sessions sessions,
            AlarmBell bell,
            Supplier<String> server) {}

    static Certification over(Storage storage, Ways ways, CertificateConfig config, InstantSource clock) {
        CertificateSessions sessions = new CertificateSessions(ways.sessions());
        PlatformAuthority own = new PlatformAuthority(storage.certificates(), new DeviceMint(), config, clock);
        DeviceCertificates issued = new DeviceCertificates(
                storage.certificates(),
                own,
                new DeviceCertificates.Ways(ways.devices(), ways.products(), sessions),
                config,
                clock);
        Authorities authorities = new Authorities(storage.authorities(), sessions, config, clock);
        return new Certification(
                own,
                issued,
                authorities,
                new Templates(storage.templates(), config, clock),
                new CertificateLinks(storage.certificates(), config, ways.server(), clock),
                new CertificateLogins(
                        issued,
                        authorities,
                        new CertificateLogins.Ways(
                                ways.devices(),
                                storage.directory(),
                                new SelfRegistration(
                                        storage.templates(), ways.devices(), ways.products(), ways.tags())),
                        clock),
                new CertificateWatch(storage.certificates(), storage.authorities()),
                new ExpiryWatch(storage.certificates(), storage.authorities(), config, ways.bell(), clock));
    }
}
