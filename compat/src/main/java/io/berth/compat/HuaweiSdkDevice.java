package io.berth.compat;

import com.huaweicloud.sdk.iot.device.IoTDevice;
import com.huaweicloud.sdk.iot.device.client.DeviceClient;
import com.huaweicloud.sdk.iot.device.client.IotResult;
import com.huaweicloud.sdk.iot.device.client.listener.PropertyListener;
import com.huaweicloud.sdk.iot.device.client.requests.CommandRsp;
import com.huaweicloud.sdk.iot.device.client.requests.DeviceEvent;
import com.huaweicloud.sdk.iot.device.client.requests.DeviceMessage;
import com.huaweicloud.sdk.iot.device.client.requests.DevicePropertiesV3;
import com.huaweicloud.sdk.iot.device.client.requests.ServiceData;
import com.huaweicloud.sdk.iot.device.client.requests.ServiceProperty;
import com.huaweicloud.sdk.iot.device.client.requests.ShadowData;
import com.huaweicloud.sdk.iot.device.client.requests.ShadowRequest;
import com.huaweicloud.sdk.iot.device.transport.ActionListener;
import com.huaweicloud.sdk.iot.device.transport.ConnectListener;
import com.huaweicloud.sdk.iot.device.transport.RawMessage;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One device on Huawei's unmodified Java SDK. It answers commands and property settings as soon as it is
/// connected.
final class HuaweiSdkDevice implements AutoCloseable {
    /// A command that came down and was answered with success and the same parameters.
    record Command(String service, String name, Map<String, Object> parameters) {}

    private final IoTDevice device;
    private final Arrivals<String> messages = new Arrivals<>();
    private final Arrivals<Command> commands = new Arrivals<>();
    private final Arrivals<String> settings = new Arrivals<>();
    private final Arrivals<String> losses = new Arrivals<>();

    private HuaweiSdkDevice(IoTDevice device) {
        this.device = device;
        listen(device.getClient());
    }

    private HuaweiSdkDevice(String serverUri, Identity identity, @Nullable Path caFile) {
        this(new IoTDevice(serverUri, identity.huaweiId(), identity.secret(), caFile == null ? null : caFile.toFile()));
    }

    static HuaweiSdkDevice of(BerthServer server, Identity identity) {
        return new HuaweiSdkDevice("tcp://127.0.0.1:" + server.port("mqtt"), identity, null);
    }

    /// Given a root to trust, the SDK checks the server's certificate against it (though never its name).
    static HuaweiSdkDevice overTls(BerthServer server, Identity identity) {
        return new HuaweiSdkDevice("ssl://127.0.0.1:" + server.port("mqtts"), identity, server.caFile());
    }

    /// Shows a certificate instead of signing.
    static HuaweiSdkDevice byCertificate(BerthServer server, String deviceId, KeyStore shown) {
        return new HuaweiSdkDevice(new IoTDevice(
                "ssl://localhost:" + server.port("mqtts"),
                deviceId,
                shown,
                OpenSslAuthority.PASSWORD,
                server.caFile().toFile()));
    }

    /// What the SDK comes back with: 0 when connected, 4 when refused for good. On any other refusal it tries
    /// for ever and cannot be interrupted; then its thread is left behind and this fails.
    int connect() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("huawei sdk").start(() -> answer.complete(device.init()));
        return answer.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void reportMessage(String content) {
        untilAcknowledged(listener -> device.getClient().reportDeviceMessage(new DeviceMessage(content), listener));
    }

    void reportProperties(String service, Map<String, Object> properties) {
        ServiceProperty report = new ServiceProperty();
        report.setServiceId(service);
        report.setProperties(properties);
        untilAcknowledged(listener -> device.getClient().reportProperties(List.of(report), listener));
    }

    /// With the gzip suffix the SDK offers, which breaks off most of what it packs.
    void reportCompressedMessage(String content) {
        untilAcknowledged(
                listener -> device.getClient().reportCompressedDeviceMessage(new DeviceMessage(content), listener));
    }

    /// Asks the platform for the time and returns when that says it got the question.
    Instant askTheTime() {
        CompletableFuture<Instant> time = new CompletableFuture<>();
        device.getTimeSyncService()
                .setListener((_, serverReceived, _) -> time.complete(Instant.ofEpochMilli(serverReceived)));
        device.getTimeSyncService().requestTimeSync();
        return time.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// The services of the device's shadow, all of them or one.
    List<ShadowData> askForTheShadow(@Nullable String service) {
        CompletableFuture<List<ShadowData>> shadow = new CompletableFuture<>();
        device.getClient().setShadowListener((_, services) -> shadow.complete(services));
        ShadowRequest request = new ShadowRequest();
        request.setServiceId(service);
        device.getClient().getShadow(request, null);
        return shadow.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void reportEvent(String service, String type, Map<String, Object> parameters) {
        DeviceEvent event = new DeviceEvent();
        event.setServiceId(service);
        event.setEventType(type);
        event.setEventTime("20260102T030405Z");
        event.setParas(parameters);
        untilAcknowledged(listener -> device.getClient().reportEvent(event, listener));
    }

    void reportVersions(@Nullable String software, @Nullable String firmware) {
        untilAcknowledged(listener -> device.getClient().reportDeviceInfo(software, firmware, listener));
    }

    /// In the form of firmware from before the present topics.
    void reportTheOldWay(String service, Map<String, Object> properties) {
        ServiceData data = new ServiceData();
        data.setServiceId(service);
        data.setServiceData(properties);
        DevicePropertiesV3 report = new DevicePropertiesV3();
        report.setMsgType("deviceReq");
        report.setServiceDatas(List.of(data));
        untilAcknowledged(listener -> device.getClient().reportPropertiesV3(report, listener));
    }

    void publish(String topic, String payload) {
        untilAcknowledged(listener -> device.getClient().publishRawMessage(new RawMessage(topic, payload), listener));
    }

    /// Subscribes a custom topic; what comes on it joins [#messages].
    void subscribe(String topic) {
        untilAcknowledged(listener ->
                device.getClient().subscribeTopic(topic, listener, message -> messages.add(message.toString()), 1));
    }

    /// What came down on `messages/down` and on subscribed topics, as text.
    Arrivals<String> messages() {
        return messages;
    }

    Arrivals<Command> commands() {
        return commands;
    }

    /// The services whose properties the platform set.
    Arrivals<String> settings() {
        return settings;
    }

    Arrivals<String> losses() {
        return losses;
    }

    @Override
    public void close() {
        device.getClient().close();
    }

    private void listen(DeviceClient client) {
        client.setRawDeviceMessageListener(message -> messages.add(message.toUTF8String()));
        client.setCommandListener((requestId, service, name, parameters) -> {
            client.respondCommand(requestId, new CommandRsp(0, parameters));
            commands.add(new Command(service, name, parameters));
        });
        client.setPropertyListener(new PropertyListener() {
            @Override
            public void onPropertiesSet(String requestId, List<ServiceProperty> services) {
                client.respondPropsSet(requestId, IotResult.SUCCESS);
                services.forEach(service -> settings.add(service.getServiceId()));
            }

            @Override
            public void onPropertiesGet(String requestId, String service) {
                ServiceProperty values = new ServiceProperty();
                values.setServiceId(service);
                values.setProperties(Map.of("level", 3));
                client.respondPropsGet(requestId, List.of(values));
            }
        });
        client.setConnectListener(new ConnectListener() {
            @Override
            public void connectionLost(Throwable cause) {
                losses.add(String.valueOf(cause));
            }

            @Override
            public void connectComplete(boolean reconnect, String serverUri) {}
        });
    }

    private interface Action {
        void with(ActionListener listener);
    }

    /// Comes back with the server's acknowledgement.
    private static void untilAcknowledged(Action action) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        action.with(new ActionListener() {
            @Override
            public void onSuccess(@Nullable Object context) {
                answer.complete(null);
            }

            @Override
            public void onFailure(@Nullable Object context, Throwable cause) {
                answer.completeExceptionally(cause);
            }
        });
        answer.orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
