package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testing.OpenSslClient;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every version with every kind of certificate and key exchange on every listener, by clients of other
/// people's making that log in through it. The suites one by one are in [TlsTest], pre-shared keys in
/// [PskTest] and `PskDevicesTest`.
final class TlsMatrixTest {
    private static final MqttBed BED = MqttBed.with().allListeners().start();

    @AfterAll
    static void stop() {
        BED.close();
    }

    /// What a client can do, and no more.
    enum Ability {
        /// Forward secrecy, a certificate with an RSA key.
        RSA_CERTIFICATE,
        /// Forward secrecy, a certificate with an EC key.
        ECDSA_CERTIFICATE,
        /// RSA key exchange in CBC suites: what the oldest firmware has.
        RSA_KEY_EXCHANGE
    }

    enum Version {
        TLS_1_0("-tls1"),
        TLS_1_1("-tls1_1"),
        TLS_1_2("-tls1_2"),
        TLS_1_3("-tls1_3");

        private final String option;

        Version(String option) {
            this.option = option;
        }

        boolean isOld() {
            return compareTo(TLS_1_2) < 0;
        }
    }

    record Cell(String listener, Version version, Ability ability) {
        boolean isSpoken() {
            return listener.equals("old") || !(version.isOld() || ability == Ability.RSA_KEY_EXCHANGE);
        }

        String[] options() {
            List<String> options = new ArrayList<>(List.of(version.option));
            if (version == Version.TLS_1_3) {
                options.add("-sigalgs");
                options.add(ability == Ability.RSA_CERTIFICATE ? "rsa_pss_rsae_sha256" : "ecdsa_secp256r1_sha256");
            } else {
                options.add("-cipher");
                options.add(suites() + ":@SECLEVEL=0");
            }
            return options.toArray(new String[0]);
        }

        private String suites() {
            return switch (ability) {
                case RSA_CERTIFICATE -> "ECDHE-RSA-AES128-SHA";
                case ECDSA_CERTIFICATE -> "ECDHE-ECDSA-AES128-SHA";
                case RSA_KEY_EXCHANGE -> "AES128-SHA:AES256-SHA";
            };
        }
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String listener : List.of("mqtt", "mqtts", "https", "old")) {
            for (Version version : Version.values()) {
                for (Ability ability : Ability.values()) {
                    if (version != Version.TLS_1_3 || ability != Ability.RSA_KEY_EXCHANGE) { // which 1.3 does not have
                        cells.add(new Cell(listener, version, ability));
                    }
                }
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void openssl_logs_in_where_its_tls_is_spoken_and_nowhere_else(Cell cell) {
        try (OpenSslClient client = OpenSslClient.open(BED.port(cell.listener()), cell.options())) {
            assertThat(client.connects("c", "d1", "right")).isEqualTo(cell.isSpoken() ? 0 : -1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt, TLSv1.3, TLS_AES_128_GCM_SHA256, EC",
        "mqtt, TLSv1.3, TLS_AES_256_GCM_SHA384, EC",
        "mqtt, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC",
        "mqtt, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, RSA",
        "mqtts, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, RSA",
        "https, TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, RSA",
        "old, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, EC",
        "old, TLSv1.3, TLS_AES_128_GCM_SHA256, EC"
    })
    void the_jdk_logs_in(String listener, String version, String suite, String key) throws Exception {
        try (SSLSocket socket = socket(listener)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();

            assertThat(socket.getSession()
                            .getPeerCertificates()[0]
                            .getPublicKey()
                            .getAlgorithm())
                    .isEqualTo(key);
            new RawClient(socket).login("d1").close();
        }
    }

    private static SSLSocket socket(String listener) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TestTls.trusting(MqttBed.IDENTITY.caFile()).getTrustManagers(), null);
        return (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.ofLiteral("127.0.0.1"), BED.port(listener));
    }
}
