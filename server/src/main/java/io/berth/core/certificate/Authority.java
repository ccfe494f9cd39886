package io.berth.core.certificate;

import static io.berth.core.ProblemException.require;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An owner's authority, which signs certificates of devices in a resource space.
///
/// @param code what the owner has it sign, so that it is known to hold its key
/// @param verified whether it did
/// @param template how devices that nobody knows are registered when they show a certificate of its, null for
/// not at all
/// @param enrols whether that is switched on
/// @param revocations what is known of those it took back, null for nothing
public record Authority(
        String id,
        String space,
        X509Certificate certificate,
        String code,
        boolean verified,
        boolean enrols,
        @Nullable String template,
        @Nullable Revocations revocations,
        Instant created) {
    /// @param issued when the list was made
    /// @param nextUpdate when the next is due, null when it does not say
    public record Revocations(Instant issued, @Nullable Instant nextUpdate, long count) {}

    public Authority {
        require(!enrols || template != null, "an authority enrols devices by a template");
    }

    Authority asVerified() {
        return new Authority(id, space, certificate, code, true, enrols, template, revocations, created);
    }

    Authority enrolling(boolean on, @Nullable String by) {
        return new Authority(id, space, certificate, code, verified, on, by, revocations, created);
    }

    public String commonName() {
        return Subject.commonName(certificate)
                .orElseGet(() -> certificate.getSubjectX500Principal().getName());
    }

    /// The organisation, else as much as is known.
    public String owner() {
        return Subject.part(certificate.getSubjectX500Principal(), SubjectPart.ORGANIZATION)
                .orElseGet(this::commonName);
    }
}
