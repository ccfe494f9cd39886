package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_TIME;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import io.berth.core.thing.Calendar;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.rest.LinkageForm.Command;
import io.berth.dialect.huawei.rest.LinkageForm.ConditionGroup;
import io.berth.dialect.huawei.rest.LinkageForm.DailyTimer;
import io.berth.dialect.huawei.rest.LinkageForm.DataCondition;
import io.berth.dialect.huawei.rest.LinkageForm.DeviceAlarm;
import io.berth.dialect.huawei.rest.LinkageForm.DeviceCommand;
import io.berth.dialect.huawei.rest.LinkageForm.PropertyFilter;
import io.berth.dialect.huawei.rest.LinkageForm.RuleAction;
import io.berth.dialect.huawei.rest.LinkageForm.RuleCondition;
import io.berth.dialect.huawei.rest.LinkageForm.SimpleTimer;
import io.berth.dialect.huawei.rest.LinkageForm.StatusCondition;
import io.berth.dialect.huawei.rest.LinkageForm.TimeRange;
import io.berth.json.Members;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A linkage rule as the plan of a scene (spec huawei-iotda 7.8). Where all conditions must hold, times set
/// the scene off and the others are its conditions; where there is no time, each of them sets it off while
/// the others hold.
final class LinkagePlan {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final Map<String, String> OPERATORS =
            Map.of(">", ">", "<", "<", ">=", ">=", "<=", "<=", "=", "=", "between", "between", "in", "in");
    private static final String ZONE = "UTC";
    private static final int MAX_DURATION = 60;
    private static final int TWO_DAYS = 172_800;

    private final Sight sight;
    private final List<Value> clocks = new ArrayList<>();
    private final List<Value> triggers = new ArrayList<>();
    private final List<Value> conditions = new ArrayList<>();

    private LinkagePlan(Sight sight) {
        this.sight = sight;
    }

    /// INVALID_ARGUMENT, UNSUPPORTED, DEVICE_NOT_FOUND, PRODUCT_NOT_FOUND.
    static Value.Fields of(LinkageForm rule, Sight sight) {
        LinkagePlan plan = new LinkagePlan(sight);
        ConditionGroup group = rule.conditionGroup();
        group.conditions().forEach(plan::add);
        List<Value> actions = rule.actions().stream().map(plan::action).toList();
        return plan.whole(group, actions);
    }

    private Value.Fields whole(ConditionGroup group, List<Value> actions) {
        String logic = Objects.requireNonNullElse(group.logic(), "and");
        require(logic.equals("and") || logic.equals("or"), "\"logic\" must be and or or");
        List<Value> first = new ArrayList<>(clocks);
        List<Value> also = new ArrayList<>();
        if (logic.equals("or") || clocks.isEmpty()) {
            first.addAll(triggers);
        }
        if (logic.equals("and")) {
            require(clocks.size() <= 1, "two times are never at once");
            also.addAll(clocks.isEmpty() && conditions.size() == 1 ? List.of() : conditions);
        }
        if (group.timeRange() != null) {
            also.add(window(group.timeRange()));
        }
        return new Members()
                .with("triggers", first)
                .with("conditions", also)
                .with("actions", actions)
                .end();
    }

    private void add(RuleCondition condition) {
        switch (condition.type()) {
            case "DEVICE_DATA" -> data(given(condition.devicePropertyCondition(), "device_property_condition"));
            case "SIMPLE_TIMER" ->
                clocks.add(repetition(given(condition.simpleTimerCondition(), "simple_timer_condition")));
            case "DAILY_TIMER" -> clocks.add(daily(given(condition.dailyTimerCondition(), "daily_timer_condition")));
            case "DEVICE_LINKAGE_STATUS" ->
                status(given(condition.deviceLinkageStatusCondition(), "device_linkage_status_condition"));
            default -> throw invalid("\"" + condition.type() + "\" is no type of conditions");
        }
    }

    private void data(DataCondition data) {
        require(!data.filters().isEmpty(), "\"filters\" is empty");
        for (PropertyFilter filter : data.filters()) {
            int slash = filter.path().indexOf('/');
            require(slash > 0 && slash < filter.path().length() - 1, "a \"path\" is service/property");
            String module = HuaweiServiceId.module(filter.path().substring(0, slash));
            String key = Module.key(module, filter.path().substring(slash + 1));
            String operator = OPERATORS.get(filter.operator());
            require(operator != null, "\"" + filter.operator() + "\" is no operator");
            Value value = new LinkageValues(product(data.deviceId(), data.productId()), key).of(filter);
            triggers.add(subject(data.deviceId(), data.productId())
                    .with("property", key)
                    .with("is", String.valueOf(operator))
                    .with("value", value)
                    .withUnlessEmpty("within", age(filter))
                    .with("every", isPulse(filter))
                    .end());
            conditions.add(about(data.deviceId())
                    .with("property", key)
                    .with("is", String.valueOf(operator))
                    .with("value", value)
                    .withUnlessEmpty("within", age(filter))
                    .end());
        }
    }

    private static boolean isPulse(PropertyFilter filter) {
        String trigger = filter.strategy() == null ? null : filter.strategy().trigger();
        require(
                trigger == null || trigger.equals("pulse") || trigger.equals("reverse"),
                "\"trigger\" must be pulse or reverse");
        return !"reverse".equals(trigger);
    }

    /// How old a value may be; empty for any age, as without `event_valid_time` and where that is not positive.
    private static String age(PropertyFilter filter) {
        Integer seconds = filter.strategy() == null ? null : filter.strategy().eventValidTime();
        return seconds == null || seconds <= 0 ? "" : seconds + "s";
    }

    private void status(StatusCondition status) {
        int minutes = Objects.requireNonNullElse(status.duration(), 0);
        require(minutes >= 0 && minutes <= MAX_DURATION, "\"duration\" must be 0 to " + MAX_DURATION);
        List<String> words = Objects.requireNonNullElse(status.statusList(), List.of());
        require(!words.isEmpty(), "\"status_list\" is missing");
        for (String word : words) {
            require(word.equals("ONLINE") || word.equals("OFFLINE"), "a status is ONLINE or OFFLINE");
            String state = word.equals("ONLINE") ? "online" : "offline";
            triggers.add(subject(status.deviceId(), status.productId())
                    .with("status", state)
                    .withUnlessEmpty("for", minutes == 0 ? "" : minutes + "m")
                    .end());
            if (words.size() == 1) {
                conditions.add(about(status.deviceId()).with("status", state).end());
            }
        }
    }

    /// Whom a trigger is about.
    private Members subject(@Nullable String deviceId, @Nullable String productId) {
        require(deviceId != null || productId != null, "a condition names its \"device_id\" or \"product_id\"");
        return deviceId != null
                ? about(deviceId)
                : new Members().with("product", product(null, productId).key());
    }

    /// One device, or that of the trigger.
    private Members about(@Nullable String deviceId) {
        if (deviceId == null) {
            return new Members();
        }
        DeviceId device = sight.device(deviceId).id();
        return new Members().with("product", device.product()).with("device", device.name());
    }

    private Product product(@Nullable String deviceId, @Nullable String productId) {
        if (deviceId != null) {
            return sight.productOf(sight.device(deviceId));
        }
        return sight.product(given(productId, "product_id"));
    }

    private static Value repetition(SimpleTimer timer) {
        try {
            return new Members()
                    .with("at", Calendar.parse(timer.startTime()).toString())
                    .withUnlessEmpty("repeat", timer.repeatInterval() == null ? "" : timer.repeatInterval() + "s")
                    .with("times", new Value.Whole(Objects.requireNonNullElse(timer.repeatCount(), 1)))
                    .end();
        } catch (DateTimeException e) {
            throw new RestException(BAD_TIME, "a time is written as 20260102T030405Z");
        }
    }

    private static Value daily(DailyTimer timer) {
        requireTime(timer.time());
        List<String> days = days(timer.daysOfWeek());
        String minute = Integer.toString(Integer.parseInt(timer.time().substring(3)));
        String hour = Integer.toString(Integer.parseInt(timer.time().substring(0, 2)));
        return new Members()
                .with("cron", minute + " " + hour + " * * " + (days.isEmpty() ? "*" : String.join(",", days)))
                .with("zone", ZONE)
                .end();
    }

    private static Value window(TimeRange range) {
        requireTime(range.startTime());
        requireTime(range.endTime());
        return new Members()
                .with("between", range.startTime() + "-" + range.endTime())
                .with(
                        "days",
                        days(range.daysOfWeek()).stream()
                                .<Value>map(Value.Text::new)
                                .toList())
                .with("zone", ZONE)
                .end();
    }

    private static void requireTime(String time) {
        require(TIME.matcher(time).matches(), "a time of day is written as 07:30, not \"" + time + "\"");
    }

    /// Empty for all; 1 is Sunday (spec huawei-iotda 7.8).
    private static List<String> days(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        require(text.matches("[1-7](,[1-7]){0,6}"), "\"days_of_week\" is written as 1,2 and 1 is Sunday");
        return Arrays.stream(text.split(","))
                .map(day -> DAYS.get(Integer.parseInt(day) - 1))
                .distinct()
                .collect(Collectors.toList());
    }

    private Value action(RuleAction action) {
        return switch (action.type()) {
            case "DEVICE_CMD" -> command(given(action.deviceCommand(), "device_command"));
            case "DEVICE_ALARM" -> alarm(given(action.deviceAlarm(), "device_alarm"));
            case "SMN_FORWARDING" ->
                throw new ProblemException(Problem.UNSUPPORTED, "Berth has no notification service of that cloud");
            default -> throw invalid("\"" + action.type() + "\" is no type of actions");
        };
    }

    private Value command(DeviceCommand wanted) {
        Command command = wanted.cmd();
        String mode = Objects.requireNonNullElse(command.mode(), "ACTIVE");
        require(mode.equals("ACTIVE") || mode.equals("PASSIVE"), "\"mode\" must be ACTIVE or PASSIVE");
        int wait = Objects.requireNonNullElse(command.bufferTimeout(), TWO_DAYS);
        return about(wanted.deviceId())
                .with("call", Module.key(HuaweiServiceId.module(command.serviceId()), command.commandName()))
                .with("input", Objects.requireNonNullElse(command.commandBody(), Value.Fields.NONE))
                .withUnlessEmpty("keepFor", mode.equals("ACTIVE") || wait == 0 ? "" : wait + "s")
                .end();
    }

    private static Value alarm(DeviceAlarm alarm) {
        return switch (alarm.alarmStatus()) {
            case "fault" ->
                new Members()
                        .with("raise", alarm.name())
                        .with("severity", alarm.severity())
                        .withUnlessEmpty("text", Objects.requireNonNullElse(alarm.description(), ""))
                        .end();
            case "recovery" -> new Members().with("clear", alarm.name()).end();
            default -> throw invalid("\"alarm_status\" must be fault or recovery");
        };
    }

    private static <T> T given(@Nullable T part, String name) {
        if (part == null) {
            throw invalid("\"" + name + "\" is missing");
        }
        return part;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_ARGUMENT, detail);
    }
}
