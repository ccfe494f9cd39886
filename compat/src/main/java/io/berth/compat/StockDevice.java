package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One device on an ordinary MQTT 3.1.1 client, with no SDK but the right login.
final class StockDevice implements AutoCloseable {
    private final Mqtt3AsyncClient client;
    private final Arrivals<Mqtt3Publish> messages = new Arrivals<>();

    private StockDevice(Mqtt3AsyncClient client) {
        this.client = client;
    }

    static StockDevice connect(BerthServer server, VendorLogin login) {
        StockDevice device = new StockDevice(MqttClient.builder()
                .useMqttVersion3()
                .identifier(login.clientId())
                .serverHost("127.0.0.1")
                .serverPort(server.port("mqtt"))
                .simpleAuth()
                .username(login.userName())
                .password(login.password().getBytes(UTF_8))
                .applySimpleAuth()
                .buildAsync());
        await(device.client.connect());
        return device;
    }

    void subscribe(String filter) {
        await(client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(messages::add)
                .send());
    }

    void publish(String topic, String payload) {
        await(client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .send());
    }

    /// The next message on this topic.
    String message(String topic) {
        Mqtt3Publish message = messages.take(
                "a message on " + topic, each -> each.getTopic().toString().equals(topic));
        return new String(message.getPayloadAsBytes(), UTF_8);
    }

    @Override
    public void close() {
        await(client.disconnect());
    }

    private static <T> T await(CompletableFuture<T> answer) {
        return answer.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
