package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.berth.core.message.Qos;
import io.berth.testing.Patience;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stock clients over every way in.
final class TransportTest {
    private final MqttBed bed = MqttBed.with().allListeners().start();

    @AfterEach
    void stop() {
        bed.close();
    }

    private MqttClientBuilder client(String listener, boolean tls, String subprotocol) {
        MqttClientBuilder builder = MqttClient.builder()
                .serverHost("127.0.0.1")
                .serverPort(bed.port(listener))
                .identifier("c");
        if (tls) {
            TrustManagerFactory trust = TestTls.trusting(MqttBed.IDENTITY.caFile());
            builder = builder.sslConfig().trustManagerFactory(trust).applySslConfig();
        }
        if (!subprotocol.equals("-")) {
            builder = builder.webSocketConfig()
                    .serverPath("any/path")
                    .subprotocol(subprotocol.equals("none") ? "" : subprotocol)
                    .applyWebSocketConfig();
        }
        return builder;
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt,false,-,tcp",
        "mqtt,true,-,tls",
        "mqtts,true,-,tls",
        "https,false,-,tcp",
        "https,true,-,tls",
        "https,false,mqtt,ws",
        "https,false,mqttv3.1,ws",
        "https,true,mqtt,wss"
    })
    void carries_messages_both_ways(String listener, boolean tls, String subprotocol, String transport)
            throws InterruptedException {
        Mqtt3BlockingClient device =
                client(listener, tls, subprotocol).useMqttVersion3().buildBlocking();
        device.connectWith()
                .keepAlive(60)
                .simpleAuth()
                .username("d1")
                .password("right".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        assertThat(bed.dialect.seen.getFirst().channel().transport()).isEqualTo(transport);
        assertThat(bed.dialect.seen.getFirst().secure()).isEqualTo(tls);
        try (Mqtt3BlockingClient.Mqtt3Publishes incoming = device.publishes(MqttGlobalPublishFilter.ALL)) {
            device.subscribeWith().topicFilter("a/#").qos(MqttQos.AT_LEAST_ONCE).send();
            String large = "x".repeat(100_000);
            device.publishWith()
                    .topic("up/a")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(large.getBytes(StandardCharsets.UTF_8))
                    .send();
            assertThat(bed.log.texts()).containsExactly(large);
            bed.send("d1", "a/b", Qos.AT_LEAST_ONCE, large);
            Mqtt3Publish message = incoming.receive(Patience.LONG.toSeconds(), TimeUnit.SECONDS)
                    .orElseThrow();
            assertThat(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(large);
        }
        device.disconnect();
    }

    @Test
    void speaks_mqtt_5_and_tells_what_it_can_do() throws InterruptedException {
        Mqtt5BlockingClient device =
                client("mqtt", false, "-").useMqttVersion5().buildBlocking();
        var answer = device.connectWith()
                .keepAlive(60)
                .simpleAuth()
                .username("d1")
                .password("right".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        assertThat(answer.getRestrictions().getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
        assertThat(answer.getRestrictions().isRetainAvailable()).isFalse();
        assertThat(answer.getRestrictions().isSharedSubscriptionAvailable()).isFalse();
        assertThat(answer.getRestrictions().isWildcardSubscriptionAvailable()).isTrue();
        assertThat(answer.getRestrictions().getTopicAliasMaximum()).isEqualTo(16);
        assertThat(answer.getRestrictions().getReceiveMaximum()).isEqualTo(256);
        assertThat(answer.getRestrictions().getMaximumPacketSize()).isEqualTo(1024 * 1024);
        try (Mqtt5BlockingClient.Mqtt5Publishes incoming = device.publishes(MqttGlobalPublishFilter.ALL)) {
            device.subscribeWith().topicFilter("a/#").qos(MqttQos.AT_LEAST_ONCE).send();
            for (int i = 0; i < 3; i++) {
                // from the second on the client sends the alias alone
                device.publishWith()
                        .topic("up/a")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(new byte[] {'1'})
                        .send();
            }
            assertThat(bed.log.messages).hasSize(3).allMatch(event -> "up/a".equals(event.topic()));
            bed.send("d1", "a/b", Qos.AT_LEAST_ONCE, "hello");
            Mqtt5Publish message = incoming.receive(Patience.LONG.toSeconds(), TimeUnit.SECONDS)
                    .orElseThrow();
            assertThat(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
        }
        device.disconnect();
    }

    @ParameterizedTest
    @CsvSource({"3", "4"})
    void speaks_with_paho_in_both_old_versions(int version)
            throws MqttException, InterruptedException, TimeoutException {
        try (org.eclipse.paho.client.mqttv3.MqttClient device = new org.eclipse.paho.client.mqttv3.MqttClient(
                "tcp://localhost:" + bed.port("mqtt"), "c", new MemoryPersistence())) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMqttVersion(version);
            options.setUserName("d1");
            options.setPassword("right".toCharArray());
            options.setCleanSession(false);
            device.connect(options);
            var arrived = new java.util.concurrent.ArrayBlockingQueue<MqttMessage>(1);
            device.subscribe("a/+", 1, (_, message) -> arrived.add(message));
            device.publish("up/a", "21".getBytes(StandardCharsets.UTF_8), 1, false);
            assertThat(bed.log.texts()).containsExactly("21");
            bed.send("d1", "a/b", Qos.AT_LEAST_ONCE, "hello");
            MqttMessage message = Objects.requireNonNull(arrived.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS));
            assertThat(message.toString()).isEqualTo("hello");
            device.disconnect();
        }
    }
}
