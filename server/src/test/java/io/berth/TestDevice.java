package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// A device on a stock MQTT client that signs its login as a vendor's document says, with no code of the
/// server.
final class TestDevice implements AutoCloseable {
    static final int FOREIGN = 0x80;

    private static final long PATIENCE_MILLIS = 30_000;

    /// The client gives a message's place back only some time after it said that the message arrived: with
    /// the ten places it has by itself, a sender of ten at a time is now and then refused.
    private static final int MOST_UNDER_WAY = 1_000;

    private static final String TIMESTAMP = "1700000000000";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final MqttAsyncClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private volatile boolean lost;

    /// A message that came down, its payload as text and, for products of bytes, as hexadecimal digits.
    record Heard(String topic, int qos, String text, String hex) {
        Heard(String topic, int qos, String text) {
            this(topic, qos, text, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private TestDevice(int port, String clientId, String username, String password) {
        this("tcp://127.0.0.1:" + port, clientId);
        options.setUserName(username);
        options.setPassword(password.toCharArray());
    }

    private TestDevice(String address, String clientId) {
        try {
            client = new MqttAsyncClient(address, clientId, new MemoryPersistence());
        } catch (MqttException e) {
            throw new IllegalArgumentException(e);
        }
        client.setCallback(new Ears());
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setMaxInflight(MOST_UNDER_WAY);
    }

    /// One that shows what it has when TLS begins, and sends no password.
    static TestDevice showing(SSLSocketFactory shown, int port, String clientId, String username) {
        TestDevice device = new TestDevice("ssl://localhost:" + port, clientId);
        device.options.setSocketFactory(shown);
        device.options.setUserName(username);
        return device;
    }

    /// Likewise, with Huawei's firmware.
    static TestDevice huaweiShowing(SSLSocketFactory shown, int port, String id) {
        return showing(shown, port, id + "_0_0_" + HOUR.format(Instant.now()), id);
    }

    static TestDevice alibaba(int port, String product, String name, String secret) {
        return alibaba(port, product, name, secret, "");
    }

    /// Like [#alibaba], with more parameters in the client id, for example `,_ss=1`.
    static TestDevice alibaba(int port, String product, String name, String secret, String parameters) {
        String id = product + "." + name;
        String content = "clientId" + id + "deviceName" + name + "productKey" + product + "timestamp" + TIMESTAMP;
        return new TestDevice(
                port,
                id + "|securemode=3,signmethod=hmacsha256,timestamp=" + TIMESTAMP + parameters + "|",
                name + "&" + product,
                hmacSha256(secret, content));
    }

    static TestDevice huawei(int port, String id, String secret) {
        String hour = HOUR.format(Instant.now());
        return new TestDevice(port, id + "_0_0_" + hour, id, hmacSha256(hour, secret));
    }

    /// One that encrypts and trusts this root, with a login of the test's own.
    static TestDevice overTls(int port, Path caFile, String clientId, String username, String password) {
        return showing(trusting(caFile).getSocketFactory(), port, clientId, username)
                .password(password);
    }

    private static SSLContext trusting(Path caFile) {
        try (InputStream pem = Files.newInputStream(caFile)) {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    TestDevice password(String password) {
        options.setPassword(password.toCharArray());
        return this;
    }

    TestDevice keepAlive(int seconds) {
        options.setKeepAliveInterval(seconds);
        return this;
    }

    TestDevice onMqtt31() {
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);
        return this;
    }

    /// Wants its subscriptions and undelivered messages to outlive the connection.
    TestDevice keepingItsSession() {
        options.setCleanSession(false);
        return this;
    }

    TestDevice connects() {
        connect();
        return this;
    }

    /// Connects and tells whether the server still had its session.
    boolean findsItsSession() {
        return connect().getSessionPresent();
    }

    /// Connects, which must fail, and answers the return code of the CONNACK.
    int isRefusedWith() {
        try {
            client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
        return fail("the login was accepted");
    }

    /// The granted QoS, or [#FOREIGN].
    int subscribes(String filter) {
        try {
            IMqttToken answer = client.subscribe(filter, 1);
            answer.waitForCompletion(PATIENCE_MILLIS);
            return answer.getGrantedQos()[0];
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    /// Publishes at QoS 1 and waits until it is acknowledged.
    TestDevice publishes(String topic, String text) {
        return publishes(topic, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Publishes bytes, given as hexadecimal digits, at QoS 1 and waits until they are acknowledged.
    TestDevice publishesHex(String topic, String hex) {
        return publishes(topic, 1, HexFormat.of().parseHex(hex));
    }

    TestDevice publishes(String topic, int qos, byte[] payload) {
        try {
            client.publish(topic, payload, qos, false).waitForCompletion(PATIENCE_MILLIS);
            return this;
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    /// Publishes at QoS 1 and waits for nothing.
    IMqttDeliveryToken sends(String topic, String text) throws MqttException {
        return client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    /// Waits for the next message down.
    Heard hears() {
        return await("a message for " + client.getClientId()).until(heard::poll, message -> message != null);
    }

    boolean isConnected() {
        return client.isConnected();
    }

    void losesItsConnection() {
        await("the end of the connection of " + client.getClientId()).until(() -> lost);
    }

    TestDevice leaves() {
        try {
            client.disconnect().waitForCompletion(PATIENCE_MILLIS);
            return this;
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    String clientId() {
        return client.getClientId();
    }

    String username() {
        return options.getUserName();
    }

    String password() {
        return new String(options.getPassword());
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            // it is gone already
        }
    }

    static String hmacSha256(String key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private IMqttToken connect() {
        lost = false;
        try {
            IMqttToken answer = client.connect(options);
            answer.waitForCompletion(PATIENCE_MILLIS);
            assertThat(client.isConnected()).isTrue();
            return answer;
        } catch (MqttException e) {
            throw new AssertionError("the login was refused with " + e.getReasonCode(), e);
        }
    }

    private final class Ears implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            byte[] payload = message.getPayload();
            heard.add(new Heard(
                    topic,
                    message.getQos(),
                    new String(payload, StandardCharsets.UTF_8),
                    HexFormat.of().formatHex(payload)));
        }

        @Override
        public void connectionLost(Throwable cause) {
            // the last the client tells: from now on it may connect again, which it may not while it comes down
            lost = true;
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // publishes waits for it
        }
    }
}
