package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.ServerIdentity;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslCredential;
import io.netty.handler.ssl.OpenSslCredentialBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.X509TrustManager;

/// Builds TLS contexts on BoringSSL, which alone can offer several certificates at once, old suites on one
/// listener and not on another, and handshakes that are fast from the first one on.
public final class TlsContexts implements AutoCloseable {
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

    private static final List<String> LEGACY_SUITES = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA");

    /// x25519 first: the quickest of them.
    private static final String[] GROUPS = {"x25519", "P-256", "P-384"};

    /// A client that names neither is served all the same: MQTT has no name here, and devices name nothing.
    private static final ApplicationProtocolConfig HTTP = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);

    private final ServerIdentity identity;
    private final Map<Variant, SslContext> contexts = new HashMap<>();

    /// Listeners that ask for the same share a context.
    private record Variant(boolean legacy, ClientAuth clientAuth, boolean http) {
        static Variant of(ListenerConfig listener) {
            boolean web = listener.kind() == ListenerConfig.Kind.WEB;
            return new Variant(
                    listener.legacyTls(), listener.clientCertificates() ? ClientAuth.OPTIONAL : ClientAuth.NONE, web);
        }
    }

    /// Builds what the listeners need. Blocking, and slow the first time (it loads the native library):
    /// callers do it beside other work of the start.
    public TlsContexts(ServerIdentity identity, List<ListenerConfig> listeners) {
        this.identity = identity;
        listeners.stream()
                .filter(listener -> listener.kind() != ListenerConfig.Kind.MQTT_PSK) // which shows no certificate
                .map(Variant::of)
                .forEach(variant -> contexts.computeIfAbsent(variant, this::create));
    }

    SslContext of(ListenerConfig listener) {
        return Objects.requireNonNull(contexts.get(Variant.of(listener)), listener.name());
    }

    @Override
    public void close() {
        contexts.values().forEach(ReferenceCountUtil::release);
        contexts.clear();
    }

    private SslContext create(Variant variant) {
        List<OpenSslCredential> credentials = new ArrayList<>();
        try {
            for (ServerIdentity.Certificate certificate : identity.certificates()) {
                credentials.add(OpenSslCredentialBuilder.forX509(
                                key(certificate), chain(certificate.chain()).toArray(new X509Certificate[0]))
                        .build());
            }
            // the last certificate doubles as the one for clients none of the credentials suits
            ServerIdentity.Certificate last = identity.certificates().getLast();
            return SslContextBuilder.forServer(
                            new OpenSslCachingX509KeyManagerFactory(new OneKey(key(last), chain(last.chain()))))
                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                    .addCredentials(credentials)
                    .protocols(protocols(variant.legacy()))
                    .ciphers(suites(variant.legacy()), IdentityCipherSuiteFilter.INSTANCE)
                    .option(OpenSslContextOption.GROUPS, GROUPS)
                    .clientAuth(variant.clientAuth())
                    .applicationProtocolConfig(variant.http() ? HTTP : ApplicationProtocolConfig.DISABLED)
                    .trustManager(new AnyCertificate())
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, "tls: the server certificate cannot be used: " + e.getMessage(), e);
        } finally {
            // the context holds its own references
            credentials.forEach(OpenSslCredential::release);
        }
    }

    private static String[] protocols(boolean legacy) {
        return legacy ? new String[] {"TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"} : new String[] {"TLSv1.3", "TLSv1.2"};
    }

    private static List<String> suites(boolean legacy) {
        List<String> all = new ArrayList<>(SUITES);
        if (legacy) {
            all.addAll(LEGACY_SUITES);
        }
        return all;
    }

    private static List<X509Certificate> chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static PrivateKey key(ServerIdentity.Certificate certificate) throws IOException, GeneralSecurityException {
        String algorithm = chain(certificate.chain()).getFirst().getPublicKey().getAlgorithm();
        String base64 = Files.readString(certificate.key()).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    /// Lets every client certificate pass the handshake: whose it is, and whether that is enough, decides the
    /// dialect.
    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            throw new UnsupportedOperationException("this side is the server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
