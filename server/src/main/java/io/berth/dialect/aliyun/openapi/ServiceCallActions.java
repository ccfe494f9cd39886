package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Calls;
import io.berth.core.call.Wanted;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.message.Answer;
import io.berth.core.thing.Service;
import io.berth.dialect.aliyun.device.AliyunValues;
import io.berth.json.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calling services of devices (spec aliyun-openapi 3.2). Whether the caller waits is the thing model's to say.
final class ServiceCallActions implements Action.Group {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Calls calls;

    ServiceCallActions(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.THINGS, Family.SERVICE_CALLS);
        return List.of(
                about.talks("InvokeThingService", Invocation.class, this::invoke),
                about.talks("InvokeThingsService", Invocations.class, this::invokeAll));
    }

    /// @param identifier of the service, `module:identifier` outside the default module
    /// @param args a JSON object
    record Invocation(
            DeviceName device,
            String identifier,
            String args,
            @Nullable Integer qos) {}

    record Invocations(
            String productKey,
            List<String> deviceName,
            String identifier,
            String args,
            @Nullable Integer qos) {}

    private Value.Fields invoke(Call<Invocation> call) throws InterruptedException {
        Invocation wanted = call.input();
        MessageText.qos(wanted.qos());
        Device device = call.device(wanted.device());
        var made = PropertyCallActions.made(
                calls,
                device,
                Wanted.service(device.id(), wanted.identifier(), JsonParameter.object("Args", wanted.args()))
                        .timeout(PATIENCE));
        Members data = new Members().with("MessageId", PropertyCallActions.sent(made));
        Answer answer = made.outcome().answer();
        // a device may answer at once what nobody waits for: that answer is told by notification only
        if (answer != null && isWaitedFor(device.id().product(), wanted.identifier(), call)) {
            data.with("Result", result(answer));
        }
        return Value.Fields.of("Data", data.end());
    }

    private static boolean isWaitedFor(String productKey, String identifier, Call<?> call) {
        Service service = call.product(productKey).model().service(identifier);
        return service == null || service.callType() == Service.CallType.SYNC;
    }

    /// A reply that is no JSON, or has no code, does not say that anything was done (spec aliyun-device R3).
    private static String result(Answer answer) {
        if (answer.code().isEmpty()) {
            throw new ProblemException(Problem.DEVICE_REFUSED, "what the device answered is no JSON with a code");
        }
        if (!answer.succeeded()) {
            throw new ProblemException(
                    Problem.DEVICE_REFUSED, "the device answered " + answer.code() + ": " + answer.message());
        }
        return AliyunValues.write(answer.output());
    }

    private Value.Fields invokeAll(Call<Invocations> call) throws InterruptedException {
        Invocations wanted = call.input();
        MessageText.qos(wanted.qos());
        Service service = call.product(wanted.productKey()).model().service(wanted.identifier());
        if (service != null && service.callType() == Service.CallType.SYNC) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, wanted.identifier() + " is waited for: call one device at a time");
        }
        Value.Fields args = JsonParameter.object("Args", wanted.args());
        List<Device> devices = new ArrayList<>();
        for (String name : ManyNames.of(wanted.deviceName())) {
            devices.add(DeviceName.in(call.reach(), wanted.productKey(), name));
        }
        for (Device device : devices) {
            PropertyCallActions.tellIfOnline(
                    calls,
                    Wanted.service(device.id(), wanted.identifier(), args).sync(false));
        }
        return Value.Fields.NONE;
    }
}
