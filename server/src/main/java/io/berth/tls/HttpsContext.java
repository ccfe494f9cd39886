package io.berth.tls;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The server's identity for the JDK's own TLS, which the web server speaks.
public final class HttpsContext {
    private static final char[] NO_PASSWORD = {};

    /// Clients show no certificate here; without this the JDK reads all its roots, a tenth of the whole start.
    private static final TrustManager[] NOBODY = {};

    private HttpsContext() {}

    /// Blocking: reads the identity's files.
    public static SSLContext of(ServerIdentity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            for (ServerIdentity.Certificate certificate : identity.certificates()) {
                Certificate[] chain = chain(certificate.chain());
                store.setKeyEntry(
                        certificate.chain().getFileName().toString(),
                        PemFiles.key(certificate.key(), chain[0].getPublicKey().getAlgorithm()),
                        NO_PASSWORD,
                        chain);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), NOBODY, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, "the server certificate cannot be used for HTTPS: " + e.getMessage(), e);
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
    }
}
