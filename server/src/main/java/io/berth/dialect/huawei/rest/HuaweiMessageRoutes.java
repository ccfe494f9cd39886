package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.outbox.Outbox;
import io.berth.core.outbox.OutboxMessage;
import io.berth.core.session.Messages;
import io.berth.dialect.huawei.CommandWords;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.DeviceOnly;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Messages to devices (spec huawei-iotda 3.4, 7.4).
final class HuaweiMessageRoutes {
    private final Messages messages;
    private final Outbox outbox;

    HuaweiMessageRoutes(RestServices services) {
        this.messages = services.messages();
        this.outbox = services.outbox();
    }

    record MessageOnly(String deviceId, String messageId) {}

    record Sent(String messageId, Result result) {}

    record Result(
            String status, String createdTime, @Nullable String finishedTime) {}

    record Shown(
            String messageId,
            @Nullable Value name,
            @Nullable Value message,
            @Nullable Value encoding,
            @Nullable Value payloadFormat,
            @Nullable Value topic,
            @Nullable Value properties,
            String status,
            @Nullable Value errorInfo,
            String createdTime,
            @Nullable String finishedTime) {}

    record ShownList(String deviceId, List<Shown> messages) {}

    Sent create(RestCall<NewMessage> call) {
        NewMessage wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        String id = Objects.requireNonNullElseGet(wanted.messageId(), messages::nextId);
        OutboxMessage sent = outbox.send(wanted.draft(device, id));
        return new Sent(id, new Result(status(sent), HuaweiStamp.seconds(sent.created()), stamp(sent.ended())));
    }

    ShownList list(RestCall<DeviceOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        return new ShownList(
                device.alias(),
                outbox.list(device.id()).stream()
                        .map(HuaweiMessageRoutes::shown)
                        .toList());
    }

    Shown show(RestCall<MessageOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        return shown(outbox.get(device.id(), call.input().messageId()));
    }

    private static Shown shown(OutboxMessage message) {
        Value.Fields words = message.words();
        return new Shown(
                message.id(),
                words.get("name"),
                words.get("message"),
                words.get("encoding"),
                words.get("payload_format"),
                words.get("topic"),
                words.get("properties"),
                status(message),
                message.problem() == null ? null : CommandWords.error(message.problem(), message.detail()),
                HuaweiStamp.seconds(message.created()),
                stamp(message.ended()));
    }

    private static String status(OutboxMessage message) {
        return switch (message.state()) {
            case WAITING, SENT -> "PENDING";
            case DELIVERED -> "DELIVERED";
            case FAILED -> "FAILED";
            case TIMED_OUT -> "TIMEOUT";
        };
    }

    private static @Nullable String stamp(@Nullable Instant time) {
        return time == null ? null : HuaweiStamp.seconds(time);
    }
}
