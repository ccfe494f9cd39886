package io.berth.core.certificate;

import io.berth.core.credential.Fingerprint;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an operator wants to read of a client's certificate.
public final class CertificateFacts {
    private CertificateFacts() {}

    /// In the order a person checks it; empty when the client showed none.
    public static Map<String, String> of(Presented presented) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (presented.isEmpty()) {
            return facts;
        }
        try {
            X509Certificate own = Pem.reread(presented.certificates().getFirst());
            facts.put("certificate", own.getSubjectX500Principal().getName());
            facts.put("issuer", own.getIssuerX500Principal().getName());
            facts.put("serial", own.getSerialNumber().toString(16));
            facts.put("sha256", Fingerprint.of(own).hex());
            facts.put(
                    "valid",
                    own.getNotBefore().toInstant() + " to " + own.getNotAfter().toInstant());
            facts.put("chain", presented.certificates().size() + " shown");
        } catch (GeneralSecurityException e) {
            facts.put("certificate", "not readable");
        }
        return facts;
    }
}
