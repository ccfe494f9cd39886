package io.berth.rule.scene;

import io.berth.core.device.DeviceId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What must be so as well.
sealed interface Condition {
    /// @param device null for the device of the trigger
    /// @param within how old the value may be, zero for any age
    record PropertyIs(@Nullable DeviceId device, ValuePath property, Comparison comparison, Duration within)
            implements Condition {
        @Override
        public String toString() {
            return property + " of " + named(device) + " " + comparison + Trigger.young(within);
        }
    }

    /// @param device null for the device of the trigger
    record PresenceIs(@Nullable DeviceId device, boolean online) implements Condition {
        @Override
        public String toString() {
            return named(device) + " is " + Trigger.word(online);
        }
    }

    /// A time of day, on some days. One that ends before it begins goes over midnight and belongs to the day it
    /// begins on; one that ends when it begins is the whole day.
    record Window(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone) implements Condition {
        public Window {
            days = Set.copyOf(days);
        }

        boolean contains(Instant moment) {
            ZonedDateTime local = moment.atZone(zone);
            LocalTime time = local.toLocalTime();
            if (from.isBefore(to)) {
                return !time.isBefore(from) && time.isBefore(to) && days.contains(local.getDayOfWeek());
            }
            LocalDate begun = time.isBefore(from) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
            boolean within = !time.isBefore(from) || time.isBefore(to);
            return within && days.contains(begun.getDayOfWeek());
        }

        @Override
        public String toString() {
            String on = days.size() == DayOfWeek.values().length
                    ? ""
                    : " on "
                            + new TreeSet<>(days)
                                    .stream()
                                            .map(day ->
                                                    day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(","));
            return "it is between " + from + " and " + to + on + " in " + zone;
        }
    }

    static String named(@Nullable DeviceId device) {
        return Objects.toString(device, "the device");
    }
}
