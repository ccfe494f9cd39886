package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One device on an ordinary MQTT 3.1.1 client, with no SDK but the right login.
final class StockDevice implements AutoCloseable {
    record Message(String topic, String payload) {
        static Message of(Mqtt3Publish publish) {
            return new Message(publish.getTopic().toString(), new String(publish.getPayloadAsBytes(), UTF_8));
        }
    }

    private final Mqtt3AsyncClient client;
    private final Arrivals<Message> messages = new Arrivals<>();

    private StockDevice(BerthServer server, VendorLogin login) {
        client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(login.clientId())
                .serverHost("127.0.0.1")
                .serverPort(server.port("mqtt"))
                .simpleAuth()
                .username(login.userName())
                .password(login.password().getBytes(UTF_8))
                .applySimpleAuth()
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> messages.add(Message.of(publish)));
    }

    static StockDevice connect(BerthServer server, VendorLogin login) {
        return connect(server, login, true);
    }

    /// Connects so that the server keeps subscriptions and messages while the device is away.
    static StockDevice connectKeepingSession(BerthServer server, VendorLogin login) {
        return connect(server, login, false);
    }

    private static StockDevice connect(BerthServer server, VendorLogin login, boolean isClean) {
        StockDevice device = new StockDevice(server, login);
        await(device.client.connectWith().cleanSession(isClean).send());
        return device;
    }

    void subscribe(String filter) {
        await(client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send());
    }

    void publish(String topic, String payload) {
        await(client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .send());
    }

    /// Hands every message on a topic that begins like this to the reader, on a thread of its own.
    void onMessage(String topicStart, Consumer<Message> reader) {
        client.publishes(MqttGlobalPublishFilter.SUBSCRIBED, publish -> {
            Message message = Message.of(publish);
            if (message.topic().startsWith(topicStart)) {
                Thread.startVirtualThread(() -> reader.accept(message));
            }
        });
    }

    /// The next message on a topic that begins like this.
    Message message(String topicStart) {
        return messages.take("a message on " + topicStart, each -> each.topic().startsWith(topicStart));
    }

    @Override
    public void close() {
        if (client.getState().isConnected()) {
            // the server may be quicker: it ends the connection of a device that comes in elsewhere
            await(client.disconnect().exceptionally(_ -> null));
        }
    }

    private static <T> T await(CompletableFuture<T> answer) {
        return answer.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
