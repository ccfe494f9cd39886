package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmStep;
import io.berth.core.alarm.Alarms;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator should look at.
public final class AlarmRoutes implements NativeApi.Group {
    private static final int STEPS_SHOWN = 100;

    private final Alarms alarms;

    public AlarmRoutes(Alarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/alarms";
        String one = all + "/{alarm}";
        return List.of(
                Route.get(
                        all,
                        Demand.read(Area.RULES),
                        "Lists alarms, those raised last first",
                        AlarmQuery.class,
                        AlarmPage.class,
                        this::list),
                Route.get(one, Demand.read(Area.RULES), "Shows an alarm", Nothing.class, ShownAlarm.class, this::show),
                Route.get(
                        one + "/history",
                        Demand.read(Area.RULES),
                        "Shows what became of an alarm, the newest first",
                        Nothing.class,
                        AlarmHistory.class,
                        this::history),
                Route.post(
                        one + "/acknowledge",
                        Demand.operate(Area.RULES),
                        "Says that the caller looks after it",
                        Nothing.class,
                        ShownAlarm.class,
                        this::acknowledge),
                Route.post(
                        one + "/clear",
                        Demand.operate(Area.RULES),
                        "Says that the trouble is over",
                        Nothing.class,
                        ShownAlarm.class,
                        this::clear));
    }

    /// @param state all when absent
    public record AlarmQuery(
            Alarm.@Nullable State state,
            @Nullable Integer limit,
            @Nullable String after) {}

    /// @param product and `device`: whom it is about, absent when it is about no device
    /// @param times how often it was raised since it was last cleared
    /// @param acknowledged who looks after it
    public record ShownAlarm(
            String source,
            Alarm.State state,
            Alarm.Severity severity,
            String text,
            @Nullable String product,
            @Nullable String device,
            Instant raised,
            Instant lastRaised,
            long times,
            @Nullable String acknowledged,
            @Nullable Instant cleared) {
        private static ShownAlarm of(Alarm alarm) {
            DeviceId device = alarm.device();
            return new ShownAlarm(
                    alarm.source(),
                    alarm.state(),
                    alarm.severity(),
                    alarm.text(),
                    device == null ? null : device.product(),
                    device == null ? null : device.name(),
                    alarm.raised(),
                    alarm.lastRaised(),
                    alarm.times(),
                    alarm.acknowledged(),
                    alarm.cleared());
        }
    }

    public record AlarmPage(
            List<ShownAlarm> items, @Nullable String next) {}

    public record AlarmHistory(List<ShownStep> items) {}

    /// @param by the user who did it
    public record ShownStep(
            Instant time, AlarmStep.Change change, @Nullable String by, Alarm.Severity severity, String text) {
        private static ShownStep of(AlarmStep step) {
            String by = step.by().isEmpty() ? null : step.by();
            return new ShownStep(step.time(), step.change(), by, step.severity(), step.text());
        }
    }

    private AlarmPage list(Call<AlarmQuery> call) {
        AlarmQuery wanted = call.input();
        Page<Alarm> page = alarms.list(wanted.state(), new Paging(wanted.limit(), wanted.after()).request());
        return new AlarmPage(Paging.items(page, ShownAlarm::of), page.next());
    }

    private ShownAlarm show(Call<Nothing> call) {
        return ShownAlarm.of(alarms.get(call.path("alarm")));
    }

    private AlarmHistory history(Call<Nothing> call) throws InterruptedException {
        return new AlarmHistory(alarms.history(call.path("alarm"), STEPS_SHOWN).stream()
                .map(ShownStep::of)
                .toList());
    }

    private ShownAlarm acknowledge(Call<Nothing> call) throws InterruptedException {
        return ShownAlarm.of(alarms.acknowledge(call.path("alarm"), user(call)));
    }

    private ShownAlarm clear(Call<Nothing> call) throws InterruptedException {
        return ShownAlarm.of(alarms.clearByHand(call.path("alarm"), user(call)));
    }

    private static String user(Call<?> call) {
        return call.caller().map(Caller::name).orElseThrow();
    }
}
