package io.berth.core.certificate;

import io.berth.core.credential.UsedCertificate;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import java.util.List;

/// Looks at a certificate once more when its session is live. It may have been taken back between the check
/// of the login and that moment, when whoever took it back found no session yet to end.
public final class CertificateWatch implements Sessions.PresenceListener {
    private final CertificateStore certificates;
    private final AuthorityStore authorities;

    public CertificateWatch(CertificateStore certificates, AuthorityStore authorities) {
        this.certificates = certificates;
        this.authorities = authorities;
    }

    @Override
    public void seen(Session session) {
        UsedCertificate used = session.certificate();
        if (used != null) {
            Thread.ofVirtual().name("certificate-watch").start(() -> {
                if (!isGood(used)) {
                    session.link().close(CloseCause.CERTIFICATE_REVOKED);
                }
            });
        }
    }

    @Override
    public void ended(Session session, CloseCause cause) {}

    private boolean isGood(UsedCertificate used) {
        if (used.authority().isEmpty()) {
            return certificates
                    .find(used.fingerprint())
                    .filter(certificate -> certificate.revoked() == null)
                    .isPresent();
        }
        return authorities.find(used.authority()).filter(Authority::verified).isPresent()
                && !authorities.isRevoked(used.authority(), List.of(used.serial()));
    }
}
