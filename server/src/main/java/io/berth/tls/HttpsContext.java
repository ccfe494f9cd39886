package io.berth.tls;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;

/// The server's identity for the JDK's own TLS, which the web server speaks.
public final class HttpsContext {
    /// Clients show no certificate here; without this the JDK reads all its roots, a tenth of the whole start.
    private static final TrustManager[] NOBODY = {};

    private static final TrustManager[] ANYBODY = {new AnyClient()};

    private HttpsContext() {}

    /// Blocking: reads the identity's files.
    public static SSLContext of(ServerIdentity identity) {
        return of(identity, NOBODY);
    }

    /// The same where clients may show certificates, each of which is taken: see [AnyClient].
    public static SSLContext takingCertificates(ServerIdentity identity) {
        return of(identity, ANYBODY);
    }

    private static SSLContext of(ServerIdentity identity, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys(identity)}, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unfit(e);
        }
    }

    /// The keys alone, for a library that brings its own TLS. Blocking.
    public static X509KeyManager keys(ServerIdentity identity) {
        try {
            ServerKeys keys = new ServerKeys();
            for (ServerIdentity.Certificate certificate : identity.certificates()) {
                List<X509Certificate> chain = chain(certificate.chain());
                String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
                keys.add(PemFiles.key(certificate.key(), algorithm), chain);
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw unfit(e);
        }
    }

    private static ProblemException unfit(Exception cause) {
        return new ProblemException(
                Problem.INVALID_ARGUMENT, "the server certificate cannot be used: " + cause.getMessage(), cause);
    }

    private static List<X509Certificate> chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }
}
