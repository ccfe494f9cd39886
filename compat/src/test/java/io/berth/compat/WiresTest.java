package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import io.berth.compat.Tail.Line;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every MQTT version and every transport, with the clients most firmware and gateways use.
@ExtendWith(SharedServer.class)
final class WiresTest {
    private static final String PRODUCT = "a1Wires";

    private final BerthServer berth;

    WiresTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product(BerthServer berth) {
        berth.api().createProduct(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
    void paho_speaks_mqtt_3_1_and_3_1_1(int version) throws Exception {
        Identity probe = register("paho-" + version);
        try (MqttClient paho = connectPaho(VendorLogin.aliyun(probe, "sha256", false), version);
                Tail tail = berth.api().tail(PRODUCT)) {
            MqttMessage message = new MqttMessage("hello".getBytes(UTF_8));
            message.setQos(1);
            paho.publish(probe.topic("user/update"), message);
            assertHeard(tail, probe);
            paho.disconnect();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
    void a_wrong_huawei_secret_is_answered_with_4_whatever_the_version(int version) {
        Identity probe = register("wrong-" + version);
        VendorLogin login = VendorLogin.huawei(probe.withSecret("another"), Instant.now());
        assertThatThrownBy(() -> connectPaho(login, version).close())
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refusal -> assertThat(refusal.getReasonCode())
                                .isEqualTo(MqttException.REASON_CODE_FAILED_AUTHENTICATION));
    }

    @Test
    void hivemq_speaks_mqtt_5() throws Exception {
        Identity probe = register("five");
        speak(probe, wire("mqtt"), VendorLogin.aliyun(probe, "sha256", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqtts", "https"})
    void tls_is_spoken_on_every_listener_for_mqtt(String listener) throws Exception {
        Identity probe = register("tls-" + listener);
        speak(probe, wire(listener).sslConfig(trustingBerth()), VendorLogin.aliyun(probe, "sha256", true));
    }

    @Test
    void mqtt_comes_through_a_websocket() throws Exception {
        Identity probe = register("ws");
        Mqtt5ClientBuilder wire = wire("https").webSocketConfig(webSocket());
        speak(probe, wire, VendorLogin.aliyun(probe, "sha256", false));
    }

    @Test
    void mqtt_comes_through_a_websocket_over_tls() throws Exception {
        Identity probe = register("wss");
        Mqtt5ClientBuilder wire = wire("https").webSocketConfig(webSocket()).sslConfig(trustingBerth());
        speak(probe, wire, VendorLogin.aliyun(probe, "sha256", true));
    }

    private void speak(Identity probe, Mqtt5ClientBuilder wire, VendorLogin login) throws Exception {
        Mqtt5BlockingClient client = wire.identifier(login.clientId())
                .simpleAuth()
                .username(login.userName())
                .password(login.password().getBytes(UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        client.connect();
        try (Tail tail = berth.api().tail(PRODUCT)) {
            client.publishWith()
                    .topic(probe.topic("user/update"))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("hello".getBytes(UTF_8))
                    .send();
            assertHeard(tail, probe);
        } finally {
            client.disconnect();
        }
    }

    private void assertHeard(Tail tail, Identity probe) {
        Line line =
                tail.take("a message of " + probe.name(), each -> each.kind().equals("message"));
        assertThat(line).isEqualTo(new Line(probe.name(), "aliyun", "message", probe.topic("user/update"), 1, "hello"));
    }

    private Identity register(String name) {
        Identity device = new Identity(PRODUCT, name, "secret-of-" + name, PRODUCT + "_" + name);
        berth.api().createDevice(device);
        return device;
    }

    private Mqtt5ClientBuilder wire(String listener) {
        return Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(berth.port(listener));
    }

    private MqttClient connectPaho(VendorLogin login, int version) throws MqttException {
        MqttClient paho =
                new MqttClient("tcp://127.0.0.1:" + berth.port("mqtt"), login.clientId(), new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(version);
        options.setUserName(login.userName());
        options.setPassword(login.password().toCharArray());
        paho.connect(options);
        return paho;
    }

    private static MqttWebSocketConfig webSocket() {
        return MqttWebSocketConfig.builder()
                .serverPath("mqtt")
                .handshakeTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .build();
    }

    private MqttClientSslConfig trustingBerth() throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream pem = Files.newInputStream(berth.caFile())) {
            roots.setCertificateEntry(
                    "berth", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        return MqttClientSslConfig.builder()
                .trustManagerFactory(trust)
                .handshakeTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .build();
    }
}
