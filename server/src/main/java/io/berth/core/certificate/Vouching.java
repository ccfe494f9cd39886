package io.berth.core.certificate;

import io.berth.core.certificate.CertificateProof.Missing;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the owner's authority that vouches for a certificate, or says why none does. Blocking; any thread.
record Vouching(Authorities authorities, InstantSource clock) {
    sealed interface Outcome {
        record By(Authority authority) implements Outcome {}

        record Not(Missing missing) implements Outcome {}
    }

    Outcome look(CertificateClaim claim) {
        ChainCheck chain = new ChainCheck(claim.shown(), clock.instant());
        Missing fault = fault(chain, claim.id());
        if (fault != null) {
            return new Outcome.Not(fault);
        }
        List<Authority> vouching = authorities.list().stream()
                .filter(authority -> chain.names(authority.certificate()) && chain.isSignedBy(authority.certificate()))
                .toList();
        if (vouching.isEmpty()) {
            return new Outcome.Not(unknown(chain, claim.id()));
        }
        Authority by = chosen(vouching, claim);
        Missing refused = refused(by, chain, claim.id());
        return refused == null ? new Outcome.By(by) : new Outcome.Not(refused);
    }

    /// Of authorities in several spaces that share a key, that of the device's space counts; for a device that
    /// nobody knows one that may register it, whoever else uploaded the same.
    private static Authority chosen(List<Authority> vouching, CertificateClaim claim) {
        String space = claim.device().map(device -> device.product().space()).orElse("");
        return vouching.stream()
                .max(Comparator.comparing(
                                (Authority authority) -> authority.space().equals(space))
                        .thenComparing(Authority::verified)
                        .thenComparing(Authority::enrols))
                .orElseThrow();
    }

    private static @Nullable Missing fault(ChainCheck chain, @Nullable DeviceId id) {
        String fault = chain.fault();
        if (fault != null) {
            return new Missing(id, LoginFault.UNTRUSTED_CERTIFICATE, fault, "issue the device a certificate anew");
        }
        return chain.outOfTime()
                .map(certificate -> new Missing(
                        id,
                        LoginFault.CERTIFICATE_EXPIRED,
                        "the certificate of "
                                + certificate.getSubjectX500Principal().getName()
                                + " is valid from " + certificate.getNotBefore().toInstant() + " to "
                                + certificate.getNotAfter().toInstant() + " only",
                        "renew it; before its beginning, look at the clocks"))
                .orElse(null);
    }

    private @Nullable Missing refused(Authority by, ChainCheck chain, @Nullable DeviceId id) {
        if (!by.verified()) {
            return new Missing(
                    id,
                    LoginFault.UNTRUSTED_CERTIFICATE,
                    "nobody proved yet to hold the key of the authority " + by.commonName(),
                    "have it sign a certificate for the code " + by.code() + " and show that");
        }
        if (!chain.isInTime(by.certificate())) {
            return new Missing(
                    id,
                    LoginFault.CERTIFICATE_EXPIRED,
                    "the authority " + by.commonName() + " ended at "
                            + by.certificate().getNotAfter().toInstant(),
                    "upload its new certificate");
        }
        return authorities.isRevoked(by, chain.shown().stream())
                ? new Missing(
                        id,
                        LoginFault.CERTIFICATE_REVOKED,
                        "the revocation list of the authority " + by.commonName() + " has the certificate",
                        "issue the device another")
                : null;
    }

    private Missing unknown(ChainCheck chain, @Nullable DeviceId id) {
        X509Certificate last = chain.shown().getLast();
        boolean sameName = authorities.list().stream().anyMatch(authority -> chain.names(authority.certificate()));
        String issuer = last.getIssuerX500Principal().getName();
        return new Missing(
                id,
                LoginFault.UNTRUSTED_CERTIFICATE,
                sameName
                        ? "the certificate says that " + issuer + " signed it, but its key did not"
                        : "the certificate is signed by " + issuer + ", which is no authority here",
                sameName
                        ? "somebody may have forged it; or the authority has a new key: upload its new certificate"
                        : "upload that authority and prove that it is yours, or show the certificates between");
    }
}
