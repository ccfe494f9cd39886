package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.Place;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one trigger: null, and a fault, when it is none.
record TriggerReader(PlanReader plan) {
    private static final Map<String, Boolean> PRESENCES = Map.of("online", true, "offline", false);

    @Nullable
    Trigger read(Place place) {
        return switch (PlanReader.kind(place, List.of("property", "event", "status", "cron", "at"))) {
            case "property" -> property(place);
            case "event" -> event(place);
            case "status" -> status(place);
            case "cron" -> clock(place);
            case "at" -> repetition(place);
            default -> null;
        };
    }

    private @Nullable Trigger property(Place place) {
        plan.known(place, Set.of("property", "product", "device", "is", "value", "within", "for", "every"));
        Subject subject = subject(place);
        ValuePath path = PlanReader.path(place.member("property"));
        if (place.member("is").value().equals(new Value.Text("changes"))) {
            for (String none : List.of("value", "within", "for", "every")) {
                place.member(none).expect(place.member(none).isAbsent(), "says nothing of a change");
            }
            return new Trigger.Changed(subject, path);
        }
        Comparison comparison = PlanReader.comparison(place);
        Duration within = PlanReader.span(place.member("within"));
        Duration hold = PlanReader.span(place.member("for"));
        boolean every = place.member("every").flag();
        place.expect(!every || hold.isZero(), "has \"every\" and \"for\": only one of them can be");
        return comparison == null ? null : new Trigger.Reported(subject, path, comparison, within, hold, every);
    }

    private Trigger event(Place place) {
        plan.known(place, Set.of("event", "product", "device", "output", "is", "value"));
        String event = place.member("event").requiredText();
        Trigger.OutputIs output = null;
        if (place.member("output").isAbsent()) {
            place.member("is").expect(place.member("is").isAbsent(), "needs an \"output\" to compare");
        } else {
            Comparison comparison = PlanReader.comparison(place);
            output = comparison == null
                    ? null
                    : new Trigger.OutputIs(PlanReader.path(place.member("output")), comparison);
        }
        return new Trigger.Happened(subject(place), event, output);
    }

    private @Nullable Trigger status(Place place) {
        plan.known(place, Set.of("status", "product", "device", "for"));
        Subject subject = subject(place);
        Boolean online = place.member("status").oneOf(PRESENCES);
        Duration hold = PlanReader.span(place.member("for"));
        return online == null ? null : new Trigger.Presence(subject, online, hold);
    }

    private @Nullable Trigger clock(Place place) {
        plan.known(place, Set.of("cron", "zone"));
        ZoneId zone = PlanReader.zone(place.member("zone"));
        Cron cron = PlanReader.parsed(place.member("cron"), text -> Cron.parse(text, zone));
        return cron == null ? null : new Trigger.Clock(cron);
    }

    private @Nullable Trigger repetition(Place place) {
        plan.known(place, Set.of("at", "repeat", "times"));
        Duration interval = PlanReader.span(place.member("repeat"));
        BigDecimal times = place.member("times").isAbsent()
                ? BigDecimal.ONE
                : place.member("times").number();
        place.member("times").expect(times == null || times.scale() <= 0, "is no whole number");
        Repetition repetition = PlanReader.parsed(
                place.member("at"),
                text -> new Repetition(instant(text), interval, times == null ? 1 : times.longValue()));
        return repetition == null ? null : new Trigger.Clock(repetition);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, "\"" + text + "\" is no time: write 2026-01-02T03:04:05Z", e);
        }
    }

    private static Subject subject(Place place) {
        return new Subject(
                place.member("product").requiredText(), place.member("device").text());
    }
}
