package io.berth.dialect.huawei.app;

import io.berth.core.Problem;
import io.berth.core.message.CallState;
import io.berth.core.message.Fact;
import io.berth.core.message.Notification;
import io.berth.dialect.JsonText;
import io.berth.dialect.huawei.CommandWords;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiValues;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far calls and messages to devices got, in the vendor's statuses (spec huawei-iotda 3.4, 9).
final class HuaweiCommandNews {
    private HuaweiCommandNews() {}

    static Optional<Notification> call(HuaweiSubject subject, Fact.CallProgress call) {
        // what was only created is on its way within this process: the next state is told at once
        boolean isOfProperties = call.target().isEmpty(); // no command to this vendor: its caller has the answer
        if (call.state() == CallState.CREATED || isOfProperties) {
            return Optional.empty();
        }
        JsonText body = JsonText.object().text("command_id", call.call());
        Fact.CallTimes times = call.times();
        time(body, "created_time", times.created());
        time(body, "sent_time", times.sent());
        time(body, "delivered_time", times.acknowledged());
        time(body, "response_time", call.answer() == null ? null : times.ended());
        body.text("status", CommandWords.status(call.state(), call.answer()));
        if (call.answer() != null) {
            body.json("result", HuaweiValues.write(CommandWords.result(call.answer())));
        } else if (call.problem() != null) {
            body.json("result", HuaweiValues.write(CommandWords.error(call.problem(), call.detail())));
        }
        return Optional.of(subject.notification("device.command.status", "update", body.end()));
    }

    private static void time(JsonText body, String name, @Nullable Instant time) {
        if (time != null) {
            body.text(name, HuaweiStamp.seconds(time));
        }
    }

    /// What was written to the connection is not delivered before the device confirms it, unless nobody will.
    static Optional<Notification> message(HuaweiSubject subject, Fact.MessageProgress message) {
        String status = message.problem() == null ? status(message) : failure(message.problem());
        if (status.isEmpty()) {
            return Optional.empty();
        }
        JsonText body = JsonText.object()
                .text("message_id", message.message())
                .text("name", message.name())
                .text("topic", message.topic())
                .text("status", status)
                .text("timestamp", HuaweiStamp.seconds(subject.event().time()));
        if (message.problem() != null) {
            body.json("error_info", HuaweiValues.write(CommandWords.error(message.problem(), message.detail())));
        }
        return Optional.of(subject.notification("device.message.status", "update", body.end()));
    }

    private static String status(Fact.MessageProgress message) {
        return switch (message.state()) {
            case QUEUED -> "PENDING";
            case SENT -> message.detail().isEmpty() ? "" : "DELIVERED";
            case ACKNOWLEDGED -> "DELIVERED";
        };
    }

    private static String failure(Problem problem) {
        return problem == Problem.TIMED_OUT ? "TIMEOUT" : "FAILED";
    }
}
