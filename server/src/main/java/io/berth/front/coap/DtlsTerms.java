package io.berth.front.coap;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509KeyManager;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.x509.KeyManagerCertificateProvider;

/// On what terms DTLS 1.2 is spoken: by pre-shared key, or with this server's certificate alone; never before
/// the client has shown that it receives at the address it sends from (HelloVerifyRequest), so that a forged
/// address costs its owner one small datagram.
final class DtlsTerms {
    private static final int CONNECTION_ID_BYTES = 6;

    /// Devices choose; forward secrecy first for those that leave it to us. The CBC suite is what small
    /// firmware has.
    private static final CipherSuite[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_PSK_WITH_AES_128_CCM_8,
        CipherSuite.TLS_PSK_WITH_AES_128_CCM,
        CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256
    };

    private final CoapConfig.Dtls config;
    private final X509KeyManager keys;
    private final DtlsLogins logins;
    private final DtlsFailures failures;

    DtlsTerms(CoapConfig.Dtls config, X509KeyManager keys, DtlsLogins logins, DtlsFailures failures) {
        this.config = config;
        this.keys = keys;
        this.logins = logins;
        this.failures = failures;
    }

    DtlsConnectorConfig at(InetSocketAddress address) {
        int threads =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        DtlsConnectorConfig.Builder terms = DtlsConnectorConfig.builder(new Configuration())
                .setAddress(address)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NONE)
                .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false)
                .setAsList(DtlsConfig.DTLS_CIPHER_SUITES, SUITES)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, config.maxConnections())
                .set(
                        DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD,
                        config.staleAfter().toSeconds(),
                        TimeUnit.SECONDS)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, threads)
                .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST, true)
                .setAdvancedPskStore(logins)
                .setSessionListener(failures)
                .setConnectionListener(failures)
                .setCertificateIdentityProvider(new KeyManagerCertificateProvider(keys, CertificateType.X_509));
        if (config.connectionId()) {
            terms.setConnectionIdGenerator(new SingleNodeConnectionIdGenerator(CONNECTION_ID_BYTES));
        }
        return terms.build();
    }
}
