package io.berth.core.certificate;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// Certificates as text.
public final class Pem {
    /// The vendors' bound (spec provisioning 5.2).
    private static final int MAX_CERTIFICATE = 65_535;

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /// INVALID_ARGUMENT when the text is not one certificate.
    public static X509Certificate certificate(String text) {
        require(text.length() <= MAX_CERTIFICATE, "a certificate has at most " + MAX_CERTIFICATE + " characters");
        require(text.contains("-----BEGIN CERTIFICATE-----"), "send a certificate in PEM");
        try {
            return (X509Certificate) factory().generateCertificate(stream(text.strip()));
        } catch (GeneralSecurityException e) {
            throw unreadable("certificate", e);
        }
    }

    static X509CRL revocations(String text) {
        require(text.contains("-----BEGIN X509 CRL-----"), "send a revocation list in PEM");
        try {
            return (X509CRL) factory().generateCRL(stream(text.strip()));
        } catch (GeneralSecurityException e) {
            throw unreadable("revocation list", e);
        }
    }

    /// The same certificate, read by the JDK whoever made the object.
    static X509Certificate reread(X509Certificate certificate) throws GeneralSecurityException {
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
    }

    public static String of(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String key(Payload pkcs8) {
        return text("PRIVATE KEY", pkcs8.toBytes());
    }

    private static String text(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }

    private static ProblemException unreadable(String what, Exception cause) {
        return new ProblemException(
                Problem.INVALID_ARGUMENT, "the " + what + " cannot be read: " + cause.getMessage(), cause);
    }
}
