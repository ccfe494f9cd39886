package io.berth.core.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an authority vouches for a certificate, directly or through others that the client showed with it
/// (spec provisioning 2, X.509 rules). Costs a signature check for each step.
record ChainCheck(List<X509Certificate> shown, Instant now) {
    static final int MAX_LENGTH = 5;

    private static final int SIGNS_CERTIFICATES = 5;
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    /// What is wrong, in words for the operator; null for nothing.
    @Nullable
    String fault() {
        X509Certificate own = shown.getFirst();
        if (shown.size() > MAX_LENGTH) {
            return "the client showed " + shown.size() + " certificates, more than " + MAX_LENGTH;
        }
        if (own.getBasicConstraints() >= 0) {
            return "the certificate is an authority's, not a device's";
        }
        if (shown.stream().anyMatch(ChainCheck::isBroken)) {
            return "a certificate is signed by a method that can be forged (" + own.getSigAlgName() + ")";
        }
        if (!isForClients(own)) {
            return "the certificate is not made for TLS clients (extended key usage)";
        }
        for (int i = 1; i < shown.size(); i++) {
            if (!signed(shown.get(i), shown.get(i - 1))) {
                return "certificate " + i + " of those shown is not signed by the one after it";
            }
            if (!maySign(shown.get(i), i - 1)) {
                return "certificate " + (i + 1) + " of those shown may not sign others";
            }
        }
        return null;
    }

    /// The first that is not valid at this time.
    Optional<X509Certificate> outOfTime() {
        return shown.stream().filter(certificate -> !isInTime(certificate)).findFirst();
    }

    boolean isInTime(X509Certificate certificate) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /// Whether the authority bears the name of the one that should have signed the last of those shown.
    boolean names(X509Certificate authority) {
        return last().getIssuerX500Principal().equals(authority.getSubjectX500Principal()) || last().equals(authority);
    }

    boolean isSignedBy(X509Certificate authority) {
        return last().equals(authority)
                ? shown.size() > 1
                : signed(authority, last()) && maySign(authority, shown.size() - 1);
    }

    private X509Certificate last() {
        return shown.getLast();
    }

    static boolean signed(X509Certificate by, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false; // by another key, or by a method the JDK does not know
        }
    }

    /// @param between how many authorities stand between it and the device
    private static boolean maySign(X509Certificate authority, int between) {
        boolean @Nullable [] usage = authority.getKeyUsage();
        return authority.getBasicConstraints() >= between && (usage == null || usage[SIGNS_CERTIFICATES]);
    }

    /// Signatures over MD2 and MD5 have been made to fit two certificates.
    private static boolean isBroken(X509Certificate certificate) {
        return certificate.getSigAlgName().startsWith("MD");
    }

    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(CLIENT) || uses.contains(ANY_USE);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
