package io.berth.core.certificate;

import io.berth.core.credential.UsedCertificate;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import java.util.function.Predicate;

/// Live sessions that began with a certificate, for whoever takes certificates back. Never blocks; any thread.
public record CertificateSessions(Sessions sessions) {
    /// Ends those that began with one of these.
    void end(Predicate<UsedCertificate> bad) {
        for (Session session : sessions.all()) {
            UsedCertificate used = session.certificate();
            if (used != null && bad.test(used)) {
                session.link().close(CloseCause.CERTIFICATE_REVOKED);
            }
        }
    }
}
