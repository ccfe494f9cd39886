package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.json.Place;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one condition: null, and a fault, when it is none.
record ConditionReader(PlanReader plan) {
    private static final Map<String, Boolean> PRESENCES = Map.of("online", true, "offline", false);
    private static final Map<String, DayOfWeek> DAYS = days();

    @Nullable
    Condition read(Place place) {
        boolean onlyDays =
                place.member("between").isAbsent() && !place.member("days").isAbsent();
        return switch (PlanReader.kind(place, List.of("property", "status", onlyDays ? "days" : "between"))) {
            case "property" -> property(place);
            case "status" -> status(place);
            case "between", "days" -> window(place);
            default -> null;
        };
    }

    private @Nullable Condition property(Place place) {
        plan.known(place, Set.of("property", "product", "device", "is", "value", "within"));
        DeviceId device = PlanReader.device(place);
        ValuePath path = PlanReader.path(place.member("property"));
        Comparison comparison = PlanReader.comparison(place);
        Duration within = PlanReader.span(place.member("within"));
        return comparison == null ? null : new Condition.PropertyIs(device, path, comparison, within);
    }

    private @Nullable Condition status(Place place) {
        plan.known(place, Set.of("status", "product", "device"));
        Boolean online = place.member("status").oneOf(PRESENCES);
        DeviceId device = PlanReader.device(place);
        return online == null ? null : new Condition.PresenceIs(device, online);
    }

    private @Nullable Condition window(Place place) {
        plan.known(place, Set.of("between", "days", "zone"));
        Span span =
                place.member("between").isAbsent() ? Span.DAY : PlanReader.parsed(place.member("between"), Span::parse);
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Place day : place.member("days").items()) {
            DayOfWeek named = day.oneOf(DAYS);
            if (named != null) {
                days.add(named);
            }
        }
        ZoneId zone = PlanReader.zone(place.member("zone"));
        return span == null
                ? null
                : new Condition.Window(
                        span.from(), span.to(), days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days, zone);
    }

    private record Span(LocalTime from, LocalTime to) {
        static final Span DAY = new Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

        static Span parse(String text) {
            String[] ends = text.split("-", -1);
            try {
                if (ends.length == 2) {
                    return new Span(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
                }
            } catch (DateTimeParseException _) {
                // refused below, with what it should look like
            }
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, "\"" + text + "\" is no time of day from and to: write 22:00-06:00");
        }
    }

    private static Map<String, DayOfWeek> days() {
        Map<String, DayOfWeek> words = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            words.put(day.name().substring(0, 3).toLowerCase(Locale.ROOT), day);
        }
        return words;
    }
}
