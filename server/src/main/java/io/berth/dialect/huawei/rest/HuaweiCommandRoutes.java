package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.call.Call;
import io.berth.core.call.Calls;
import io.berth.core.call.Wanted;
import io.berth.core.device.Device;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.CommandWords;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.rest.DeviceAnswers.Answered;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Commands: those whose callers wait for the answer, and those that wait for the device (spec huawei-iotda
/// 3.3, 7.4).
final class HuaweiCommandRoutes {
    private static final String DELAY = "delay";
    private static final String IMMEDIATELY = "immediately";
    private static final int DAY = 86_400;

    private final Calls calls;
    private final DeviceAnswers answers;

    HuaweiCommandRoutes(RestServices services, DeviceAnswers answers) {
        this.calls = services.calls();
        this.answers = answers;
    }

    record NewCommand(String deviceId, @Nullable String serviceId, String commandName, Value.@Nullable Fields paras) {}

    record Answer(String commandId, Value response) {}

    /// @param expireTime for how many seconds it may wait for the device
    record NewAsyncCommand(
            String deviceId,
            @Nullable String serviceId,
            String commandName,
            Value.@Nullable Fields paras,
            @Nullable Integer expireTime,
            @Nullable String sendStrategy) {}

    record CommandOnly(String deviceId, String commandId) {}

    Answer call(RestCall<NewCommand> call) throws InterruptedException {
        NewCommand wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        Answered answered = answers.ask(service(device, wanted.serviceId(), wanted.commandName(), wanted.paras()));
        Value.Fields response = CommandWords.result(answered.answer(), "response_name")
                .with("paras", answered.answer().output())
                .end();
        return new Answer(answered.call().id(), response);
    }

    CommandView.Whole create(RestCall<NewAsyncCommand> call) throws InterruptedException {
        NewAsyncCommand wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        int expireTime = Objects.requireNonNullElse(wanted.expireTime(), DAY);
        require(expireTime >= 0 && expireTime <= 2 * DAY, "\"expire_time\" must be 0 to " + 2 * DAY);
        String strategy = Objects.requireNonNullElse(wanted.sendStrategy(), DELAY);
        require(
                strategy.equals(DELAY) || strategy.equals(IMMEDIATELY),
                "\"send_strategy\" must be " + IMMEDIATELY + " or " + DELAY);
        boolean keeps = strategy.equals(DELAY);
        Call made = calls.call(service(device, wanted.serviceId(), wanted.commandName(), wanted.paras())
                .sync(false)
                .timeout(answers.patience())
                .keepFor(Duration.ofSeconds(keeps ? expireTime : 0)));
        return new CommandView(device, made).whole();
    }

    /// Those that are over as well as those that are not.
    CommandView.Whole show(RestCall<CommandOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        Call found = calls.get(device.id(), call.input().commandId());
        if (!CommandView.isAsyncCommand(found)) {
            throw Calls.notFound(found.id());
        }
        return new CommandView(device, found).whole();
    }

    /// Without a service nothing is checked (spec huawei-iotda 3.3).
    private static Wanted service(
            Device device, @Nullable String serviceId, String name, Value.@Nullable Fields paras) {
        String module = serviceId == null ? Module.DEFAULT : HuaweiServiceId.module(serviceId);
        return Wanted.service(
                        device.id(), Module.key(module, name), Objects.requireNonNullElse(paras, Value.Fields.NONE))
                .beyondModel(serviceId == null);
    }
}
