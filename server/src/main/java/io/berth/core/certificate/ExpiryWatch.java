package io.berth.core.certificate;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.certificate.CertificateStore.Ending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Warns of certificates that are about to end, while there is time to renew them. Blocking; one thread at a
/// time.
public final class ExpiryWatch {
    static final String OF_DEVICES = "device-certificates";
    static final String OF_AUTHORITIES = "owner-authorities";

    private final CertificateStore certificates;
    private final AuthorityStore authorities;
    private final CertificateConfig config;
    private final AlarmBell bell;
    private final InstantSource clock;

    public ExpiryWatch(
            CertificateStore certificates,
            AuthorityStore authorities,
            CertificateConfig config,
            AlarmBell bell,
            InstantSource clock) {
        this.certificates = certificates;
        this.authorities = authorities;
        this.config = config;
        this.bell = bell;
        this.clock = clock;
    }

    /// To be called now and then.
    public void look() {
        Instant now = clock.instant();
        lookAtDevices(now);
        lookAtAuthorities(now);
    }

    /// What ended longer ago than is warned before belongs to devices that are missed by nobody.
    private void lookAtDevices(Instant now) {
        Ending soon = certificates.ending(now, now.plus(config.warnBefore()));
        Ending over = certificates.ending(now.minus(config.warnBefore()), now);
        DeviceCertificate first = over.first() != null ? over.first() : soon.first();
        if (first == null) {
            bell.clear(OF_DEVICES);
            return;
        }
        bell.raise(
                OF_DEVICES,
                over.count() > 0 ? Alarm.Severity.MAJOR : Alarm.Severity.WARNING,
                "The certificates of " + soon.count() + " devices end within "
                        + config.warnBefore().toDays() + " days, those of " + over.count()
                        + " ended as long ago; the first is that of " + first.device() + ", at " + first.expires()
                        + ". List them with \"berth cert list --ending\" and renew them with \"berth cert renew\".");
    }

    private void lookAtAuthorities(Instant now) {
        Instant until = now.plus(config.warnBefore());
        List<String> troubles = new ArrayList<>();
        for (Authority authority : authorities.list()) {
            Instant end = authority.certificate().getNotAfter().toInstant();
            if (end.isBefore(until)) {
                troubles.add("The authority " + authority.commonName() + " (" + authority.id() + ") ends at " + end
                        + ": upload its new certificate.");
            }
            Authority.Revocations list = authority.revocations();
            if (list != null && list.nextUpdate() != null && list.nextUpdate().isBefore(now)) {
                troubles.add("The revocation list of " + authority.commonName() + " (" + authority.id()
                        + ") was to be replaced at " + list.nextUpdate() + ": upload the new one.");
            }
        }
        if (troubles.isEmpty()) {
            bell.clear(OF_AUTHORITIES);
        } else {
            bell.raise(OF_AUTHORITIES, Alarm.Severity.WARNING, String.join(" ", troubles));
        }
    }
}
