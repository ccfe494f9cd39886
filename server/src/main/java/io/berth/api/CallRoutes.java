package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.call.Calls;
import io.berth.core.call.Wanted;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What applications ask of devices: services to call, properties to set and to read.
public final class CallRoutes implements NativeApi.Group {
    private static final int DEFAULT_TIMEOUT_MILLIS = 5_000;

    private final Calls calls;

    public CallRoutes(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String device = "/products/{product}/devices/{device}";
        String all = device + "/calls";
        String one = all + "/{call}";
        return List.of(
                Route.post(
                                all,
                                Demand.operate(Area.THINGS),
                                "Calls a service of the device",
                                NewCall.class,
                                ShownCall.class,
                                this::call)
                        .unaudited(),
                Route.get(
                        all,
                        Demand.read(Area.THINGS),
                        "Lists calls, the newest first",
                        Paging.class,
                        CallPage.class,
                        this::list),
                Route.get(one, Demand.read(Area.THINGS), "Shows a call", Nothing.class, ShownCall.class, this::show),
                Route.delete(
                        one,
                        Demand.operate(Area.THINGS),
                        "Withdraws a call that was not sent",
                        Nothing.class,
                        this::cancel),
                Route.post(
                                device + "/properties",
                                Demand.operate(Area.THINGS),
                                "Sets properties of the device",
                                NewValues.class,
                                ShownCall.class,
                                this::set)
                        .unaudited(),
                Route.post(
                                device + "/properties/read",
                                Demand.operate(Area.THINGS),
                                "Asks the device for the present values of a module's properties",
                                Reading.class,
                                ShownCall.class,
                                this::read)
                        .unaudited());
    }

    /// @param service its key in the thing model
    /// @param sync whether to wait for the answer; what the model says when absent
    /// @param timeoutMillis how long the device may take to answer
    /// @param keepForSeconds how long the call may wait for a device that is not online
    public record NewCall(
            String service,
            @Nullable ObjectNode input,
            @Nullable Boolean sync,
            @Nullable Integer timeoutMillis,
            @Nullable Integer keepForSeconds) {}

    /// @param values by key
    /// @param waitMillis how long to wait for the device's answer; not at all when absent
    public record NewValues(ObjectNode values, @Nullable Integer waitMillis) {}

    /// @param module the default module when absent
    /// @param identifiers all properties of the module when absent
    public record Reading(
            @Nullable String module,
            @Nullable List<String> identifiers,
            @Nullable Integer timeoutMillis) {}

    /// @param state `created`, `queued`, `sent`, `acknowledged`, `answered`, `failed`, `timed-out`, `expired`
    /// or `cancelled`
    /// @param succeeded whether the device says it did what it was asked; null while it said nothing
    /// @param code the device's code, as its wire has it
    /// @param misfit what of the output does not fit the thing model
    /// @param problem why the call ended without an answer
    public record ShownCall(
            String id,
            String product,
            String device,
            String kind,
            @Nullable String target,
            ObjectNode input,
            boolean sync,
            String state,
            @Nullable Boolean succeeded,
            @Nullable String code,
            @Nullable String message,
            @Nullable ObjectNode output,
            @Nullable String misfit,
            @Nullable String problem,
            @Nullable String detail,
            Instant created,
            @Nullable Instant sent,
            @Nullable Instant acknowledged,
            @Nullable Instant ended,
            Instant expires) {}

    public record CallPage(List<ShownCall> items, @Nullable String next) {}

    private ShownCall call(Call<NewCall> call) throws InterruptedException {
        NewCall wanted = call.input();
        Value.Fields input = wanted.input() == null ? Value.Fields.NONE : FreeJson.fields(wanted.input());
        return make(Wanted.service(call.device(), wanted.service(), input)
                .sync(wanted.sync())
                .timeout(millis(wanted.timeoutMillis()))
                .keepFor(Duration.ofSeconds(Objects.requireNonNullElse(wanted.keepForSeconds(), 0))));
    }

    private ShownCall set(Call<NewValues> call) throws InterruptedException {
        NewValues wanted = call.input();
        return make(Wanted.set(call.device(), FreeJson.fields(wanted.values()))
                .sync(wanted.waitMillis() != null)
                .timeout(millis(wanted.waitMillis())));
    }

    private ShownCall read(Call<Reading> call) throws InterruptedException {
        Reading wanted = call.input();
        String module = Objects.requireNonNullElse(wanted.module(), "");
        List<String> identifiers = Objects.requireNonNullElse(wanted.identifiers(), List.of());
        require(identifiers.stream().allMatch(Objects::nonNull), "\"identifiers\" must be a list of strings");
        return make(Wanted.get(call.device(), module, identifiers).timeout(millis(wanted.timeoutMillis())));
    }

    private ShownCall make(Wanted wanted) throws InterruptedException {
        return shown(calls.call(wanted));
    }

    private CallPage list(Call<Paging> call) throws InterruptedException {
        Page<io.berth.core.call.Call> page =
                calls.list(call.device(), call.input().request());
        return new CallPage(Paging.items(page, CallRoutes::shown), page.next());
    }

    private ShownCall show(Call<Nothing> call) {
        return shown(calls.get(call.device(), call.path("call")));
    }

    private void cancel(Call<Nothing> call) throws InterruptedException {
        calls.cancel(call.device(), call.path("call"));
    }

    private static Duration millis(@Nullable Integer given) {
        return Duration.ofMillis(Objects.requireNonNullElse(given, DEFAULT_TIMEOUT_MILLIS));
    }

    private static ShownCall shown(io.berth.core.call.Call call) {
        DeviceId device = call.device();
        var outcome = call.outcome();
        Answer answer = outcome.answer();
        Problem problem = outcome.problem();
        var times = call.times();
        return new ShownCall(
                call.id(),
                device.product(),
                device.name(),
                Words.of(call.kind()),
                presence(call.target()),
                FreeJson.object(call.input()),
                call.terms().sync(),
                Words.of(call.state()),
                answer == null ? null : answer.succeeded(),
                answer == null ? null : presence(answer.code()),
                answer == null ? null : presence(answer.message()),
                answer == null ? null : FreeJson.object(answer.output()),
                presence(outcome.misfit()),
                problem == null ? null : problem.name(),
                presence(outcome.detail()),
                times.created(),
                times.sent(),
                times.acknowledged(),
                times.ended(),
                times.expires());
    }

    private static @Nullable String presence(String text) {
        return text.isEmpty() ? null : text;
    }
}
