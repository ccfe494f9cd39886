package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.credential.Hmac;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Devices on CoAP through DTLS against a whole server, with an independent client.
@Tag("slow")
final class DtlsDevicesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String TOPIC = "/a1pk/dev1/user/update";

    @TempDir
    static Path data;

    private static RunningBerth berth;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        Operator operator = berth.operator();
        operator.does("product", "create", "Meter", "--key", "a1pk");
        operator.does("device", "create", "a1pk", "dev1", "--secret", SECRET);
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    private static CoapDevice device(int port, UnaryOperator<DtlsConnectorConfig.Builder> terms) {
        return CoapDevice.throughDtls(port, "a1pk", "dev1", SECRET, terms);
    }

    private static UnaryOperator<DtlsConnectorConfig.Builder> psk(String identity, String content) {
        String key = Hmac.SHA256.hex(
                SECRET.getBytes(StandardCharsets.US_ASCII), content.getBytes(StandardCharsets.US_ASCII));
        return terms -> terms.setAdvancedPskStore(new AdvancedSinglePskStore(
                identity, key.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)));
    }

    /// As the C SDK does.
    private static UnaryOperator<DtlsConnectorConfig.Builder> psk() {
        return psk("devicename|hmacsha256|a1pk&dev1|2524608000000", "ida1pk&dev1timestamp2524608000000");
    }

    @ParameterizedTest
    @CsvSource({
        "devicename|hmacsha256|a1pk&dev1|2524608000000, ida1pk&dev1timestamp2524608000000",
        "devicename|hmacsha256|a1pk&dev12524608000000, a1pk&dev12524608000000"
    })
    void a_pre_shared_key_gets_a_device_in(String identity, String content) {
        try (Tail tail = berth.tail("a1pk");
                CoapDevice device =
                        device(berth.port("coaps"), psk(identity, content)).logsIn()) {
            assertThat(device.publishes(TOPIC, "by " + content).getCode()).isEqualTo(ResponseCode.CONTENT);

            await().until(tail::line, line -> line.contains("by " + content));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CipherSuite.class,
            names = {
                "TLS_PSK_WITH_AES_128_CCM_8",
                "TLS_PSK_WITH_AES_128_GCM_SHA256",
                "TLS_PSK_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
            })
    void every_suite_of_small_devices_is_spoken(CipherSuite suite) {
        UnaryOperator<DtlsConnectorConfig.Builder> terms =
                suite.isPskBased() ? psk() : DtlsDevicesTest::trustingTheServer;
        try (CoapDevice device = device(
                        berth.port("coaps"),
                        builder -> terms.apply(builder).setAsList(DtlsConfig.DTLS_CIPHER_SUITES, suite))
                .logsIn()) {
            assertThat(device.publishes(TOPIC, "hello").getCode()).isEqualTo(ResponseCode.CONTENT);
        }
    }

    /// Who has no key shows nothing of itself, and checks the server's certificate.
    private static DtlsConnectorConfig.Builder trustingTheServer(DtlsConnectorConfig.Builder terms) {
        try (InputStream in = Files.newInputStream(data.resolve("tls/ca.pem"))) {
            X509Certificate root =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return terms.setAdvancedCertificateVerifier(StaticNewAdvancedCertificateVerifier.builder()
                    .setTrustedCertificates(root)
                    .build());
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_wrong_key_gets_nobody_in_and_the_operator_learns_why_long_before_dtls_gives_up() {
        triesTheWrongKey("dev1");

        assertThat(explained("dev1")).contains("wrong-signature", "ida1pk&dev1timestamp2524608000000", "coaps");
    }

    /// By a client that gives up after two attempts; the server goes on hoping for half a minute.
    private static void triesTheWrongKey(String name) {
        UnaryOperator<DtlsConnectorConfig.Builder> wrong =
                psk("devicename|hmacsha256|a1pk&" + name + "|2524608000000", "something else");
        try (CoapDevice device =
                device(berth.port("coaps"), terms -> wrong.apply(terms).set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 1))) {
            assertThatThrownBy(device::logsIn).isInstanceOf(AssertionError.class);
        }
    }

    private static String explained(String name) {
        return await("a refusal of " + name)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> berth.operator().types("explain", "a1pk", name).out(),
                        text -> text.contains("wrong-signature"));
    }

    @Test
    void what_somebody_throws_into_the_handshake_of_a_device_is_not_held_against_it() throws IOException {
        berth.operator().does("device", "create", "a1pk", "victim", "--secret", SECRET);
        UnaryOperator<DtlsConnectorConfig.Builder> right =
                psk("devicename|hmacsha256|a1pk&victim|2524608000000", "ida1pk&victimtimestamp2524608000000");
        // a handshake record of the next epoch that nobody encrypted
        byte[] forged = HexFormat.of().parseHex("16fefd" + "0001" + "000000000000" + "0030" + "5a".repeat(48));
        try (UdpRelay wire = UdpRelay.to(berth.port("coaps")).forging(forged);
                CoapDevice device = CoapDevice.throughDtls(wire.port(), "a1pk", "victim", SECRET, right)) {
            device.logsIn();
        }

        berth.operator().does("device", "create", "a1pk", "liar", "--secret", SECRET);
        triesTheWrongKey("liar");
        explained("liar"); // later than what would have been said of the other
        assertThat(berth.operator().types("explain", "a1pk", "victim").out()).doesNotContain("wrong-signature");
    }

    @Test
    void a_token_that_anyone_can_hear_is_no_good_through_dtls() {
        try (CoapDevice clear = CoapDevice.inClear(berth.port("coap-sym"), "a1pk", "dev1", SECRET)
                        .logsIn();
                CoapDevice thief = device(berth.port("coaps"), DtlsDevicesTest::trustingTheServer)) {
            assertThat(thief.post(
                                    "/topic" + TOPIC,
                                    new byte[] {1},
                                    request -> CoapDevice.add(
                                            request,
                                            CoapDevice.TOKEN,
                                            clear.token().getBytes(StandardCharsets.US_ASCII)))
                            .getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    @Test
    void a_device_behind_a_router_that_forgot_it_goes_on_without_a_handshake() throws Exception {
        try (UdpRelay router = UdpRelay.to(berth.port("coaps"));
                CoapDevice device = device(
                                router.port(),
                                terms -> psk().apply(terms)
                                        .setConnectionIdGenerator(new SingleNodeConnectionIdGenerator(0)))
                        .logsIn()) {
            int handshakes = router.handshakes();
            router.forgetsItsClient();

            assertThat(device.publishes(TOPIC, "hello").getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(router.handshakes()).isEqualTo(handshakes);
        }
    }

    @Test
    void garbage_harms_nobody() throws IOException {
        Random random = new Random(5);
        try (DatagramSocket stranger = new DatagramSocket()) {
            for (int i = 0; i < 5_000; i++) {
                byte[] garbage = i % 2 == 0 ? new byte[random.nextInt(200)] : hello();
                int from = i % 2 == 0 ? 0 : 13;
                for (int at = from; at < garbage.length; at++) {
                    garbage[at] = (byte) random.nextInt();
                }
                stranger.send(new DatagramPacket(
                        garbage, garbage.length, InetAddress.getLoopbackAddress(), berth.port("coaps")));
            }
        }

        try (CoapDevice device = device(berth.port("coaps"), psk()).logsIn()) {
            assertThat(device.publishes(TOPIC, "hello").getCode()).isEqualTo(ResponseCode.CONTENT);
        }
    }

    @Test
    void a_hello_from_anywhere_costs_its_owner_less_than_it_cost_the_sender() throws IOException {
        try (UdpRelay wire = UdpRelay.to(berth.port("coaps"))) {
            byte[] hello = hello();

            byte[] answer = wire.asksOnce(hello);

            assertThat(answer[0]).as("a handshake record").isEqualTo((byte) 22);
            assertThat(answer[13]).as("a HelloVerifyRequest").isEqualTo((byte) 3);
            assertThat(answer.length).isLessThanOrEqualTo(hello.length);
        }
    }

    /// A ClientHello of DTLS 1.2 (RFC 6347 section 4.2) without a cookie, that offers
    /// TLS_PSK_WITH_AES_128_CCM_8.
    private static byte[] hello() {
        String body = "fefd" + "5a".repeat(32) + "00" + "00" + "0004c0a800ff" + "0100";
        String length = "0000%02x".formatted(body.length() / 2);
        String handshake = "01" + length + "0000" + "000000" + length + body;
        return HexFormat.of()
                .parseHex("16fefd" + "0000" + "000000000000" + "00%02x".formatted(handshake.length() / 2) + handshake);
    }
}
