package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Call;
import io.berth.core.call.Wanted;
import io.berth.core.device.DeviceId;
import io.berth.core.message.CallState;
import io.berth.core.scene.Firing.Outcome;
import io.berth.json.Members;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Carries out actions. What a device or an address refuses is an outcome; only a store that does not answer is
/// thrown, because then it must happen again. Blocks; any thread.
record Performer(SceneSite site) {

    /// Why an action is done.
    ///
    /// @param device whose trigger it was, null when it was the clock's
    record Cause(String scene, @Nullable DeviceId device, String reason, Instant time) {}

    Outcome perform(Action action, Cause cause) throws InterruptedException {
        try {
            String detail = switch (action) {
                case Action.SetProperties set -> ask(Wanted.set(target(set, cause), set.values()), set);
                case Action.CallService call ->
                    ask(Wanted.service(target(call, cause), call.service(), call.input()), call);
                case Action.RaiseAlarm raise -> raise(raise, cause);
                case Action.ClearAlarm clear -> clear(clear, cause);
                case Action.Notify notify -> send(notify, cause);
            };
            return new Outcome(action.toString(), true, detail);
        } catch (ProblemException e) {
            if (e.problem() == Problem.STORAGE_UNAVAILABLE) {
                throw e;
            }
            return new Outcome(action.toString(), false, e.detail());
        }
    }

    /// Nobody waits for the answer: what becomes of the call is kept with it.
    private String ask(Wanted wanted, Action.Asking action) throws InterruptedException {
        Call call = site.calls().call(wanted.sync(false).keepFor(action.keepFor()));
        if (call.state() == CallState.FAILED) {
            Problem problem = Objects.requireNonNullElse(call.outcome().problem(), Problem.INTERNAL);
            throw new ProblemException(problem, call.outcome().detail());
        }
        return "call " + call.id();
    }

    private String raise(Action.RaiseAlarm action, Cause cause) {
        String source = source(action.alarm(), cause.device());
        String text = action.text().isEmpty() ? cause.reason() : action.text() + " (" + cause.reason() + ")";
        site.alarms().raise(source, cause.device(), action.severity(), text);
        return source;
    }

    private String clear(Action.ClearAlarm action, Cause cause) {
        String source = source(action.alarm(), cause.device());
        site.alarms().clear(source);
        return source;
    }

    private String send(Action.Notify action, Cause cause) throws InterruptedException {
        DeviceId device = cause.device();
        Members message = new Members()
                .with("scene", cause.scene())
                .with("time", cause.time().toString())
                .with("reason", cause.reason())
                .withUnlessEmpty("text", action.text())
                .withUnlessEmpty("product", device == null ? "" : device.product())
                .withUnlessEmpty("device", device == null ? "" : device.name());
        Value.Fields body = message.end();
        String refusal = site.notifier().send(action.url(), body);
        if (!refusal.isEmpty()) {
            throw new ProblemException(Problem.CONNECTION_LOST, refusal);
        }
        return "taken";
    }

    /// What an alarm that scenes call so is raised as.
    static String source(String alarm, @Nullable DeviceId device) {
        return "scene:" + alarm + (device == null ? "" : ":" + device.product() + ":" + device.name());
    }

    private static DeviceId target(Action.Asking action, Cause cause) {
        DeviceId device = action.device() == null ? cause.device() : action.device();
        if (device == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "a time has no device to ask");
        }
        return device;
    }
}
