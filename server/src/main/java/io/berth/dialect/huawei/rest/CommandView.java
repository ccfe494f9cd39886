package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import io.berth.core.call.Call;
import io.berth.core.device.Device;
import io.berth.core.message.Answer;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.CommandWords;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A command nobody waits for, as it is shown (spec huawei-iotda 7.4).
record CommandView(Device device, Call call) {
    record Whole(
            String deviceId,
            String commandId,
            String serviceId,
            String commandName,
            Value.Fields paras,
            long expireTime,
            String status,
            @Nullable Value result,
            String createdTime,
            @Nullable String sentTime,
            @Nullable String deliveredTime,
            String sendStrategy,
            @Nullable String responseTime) {}

    /// In listings.
    record Line(
            String deviceId,
            String commandId,
            String serviceId,
            String commandName,
            long expireTime,
            String status,
            String createdTime,
            @Nullable String sentTime,
            @Nullable String deliveredTime,
            String sendStrategy,
            @Nullable String responseTime) {}

    /// Not a call that somebody waits for, nor one of properties.
    static boolean isAsyncCommand(Call call) {
        return call.kind() == Call.Kind.SERVICE && !call.terms().sync();
    }

    Whole whole() {
        Line line = line();
        return new Whole(
                line.deviceId(),
                line.commandId(),
                line.serviceId(),
                line.commandName(),
                call.input(),
                line.expireTime(),
                line.status(),
                result(),
                line.createdTime(),
                line.sentTime(),
                line.deliveredTime(),
                line.sendStrategy(),
                line.responseTime());
    }

    Line line() {
        Call.Times times = call.times();
        return new Line(
                device.alias(),
                call.id(),
                HuaweiServiceId.of(Module.moduleOf(call.target())),
                name(),
                call.terms().keepFor().toSeconds(),
                status(),
                HuaweiStamp.seconds(times.created()),
                stamp(times.sent()),
                stamp(times.acknowledged()),
                call.terms().keeps() ? "delay" : "immediately",
                call.outcome().answer() == null ? null : stamp(times.ended()));
    }

    String name() {
        return Module.identifierOf(call.target());
    }

    String status() {
        return CommandWords.status(call.state(), call.outcome().answer());
    }

    private @Nullable Value result() {
        Answer answer = call.outcome().answer();
        if (answer != null) {
            return CommandWords.result(answer);
        }
        return call.outcome().problem() == null
                ? null
                : CommandWords.error(call.outcome().problem(), call.outcome().detail());
    }

    private static @Nullable String stamp(@Nullable Instant time) {
        return time == null ? null : HuaweiStamp.seconds(time);
    }
}
