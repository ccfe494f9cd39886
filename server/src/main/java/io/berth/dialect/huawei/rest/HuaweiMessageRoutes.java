package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.session.Messages;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Messages to devices (spec huawei-iotda 3.4, 7.4).
final class HuaweiMessageRoutes {
    private final Messages messages;
    private final InstantSource clock;

    HuaweiMessageRoutes(RestServices services) {
        this.messages = services.messages();
        this.clock = services.clock();
    }

    /// @param message a text, or an object that is sent as its JSON
    record NewMessage(
            String deviceId,
            @Nullable String messageId,
            @Nullable String name,
            Value message) {}

    record Sent(String messageId, Result result) {}

    record Result(String status, String createdTime) {}

    Sent create(RestCall<NewMessage> call) throws InterruptedException {
        NewMessage wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        String id = Objects.requireNonNullElseGet(wanted.messageId(), messages::nextId);
        require(id.length() <= 100, "\"message_id\" has at most 100 characters");
        String created = HuaweiStamp.seconds(clock.instant());
        Value.Fields wrapped = new Members()
                .with("object_device_id", device.alias())
                .withUnlessEmpty("name", Objects.requireNonNullElse(wanted.name(), ""))
                .with("id", id)
                .with("content", wanted.message())
                .end();
        Downlink.Message message = new Downlink.Message(
                "$oc/devices/" + device.alias() + "/sys/messages/down",
                Qos.AT_LEAST_ONCE,
                Payload.of(ValueJson.write(wrapped)));
        AwaitedDelivery delivery = new AwaitedDelivery();
        messages.send(device.id(), id, message, delivery);
        return new Sent(id, new Result(status(delivery.await(Duration.ZERO)), created));
    }

    private static String status(DeliveryState state) {
        return switch (state) {
            case QUEUED, SENT -> "PENDING";
            case ACKNOWLEDGED -> "DELIVERED";
        };
    }
}
