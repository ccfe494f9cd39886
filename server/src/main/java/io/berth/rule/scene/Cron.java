package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// Times by the five fields of cron (minute, hour, day of the month, month, day of the week) in a time zone.
/// Where both days are restricted, either will do, as everywhere with cron.
///
/// When clocks are put forward, a fixed hour that is left out comes when they are; when they are put back, a
/// fixed hour comes once. With `*` for the hour, what counts is the time that passes.
record Cron(String text, CronField minutes, CronField hours, Days days, ZoneId zone) implements Schedule {
    /// February 29 may be eight years away; what does not come by then never does.
    private static final int MOST_DAYS = 9 * 366;

    /// Which days.
    record Days(CronField ofMonth, CronField months, CronField ofWeek) {
        boolean contain(LocalDate date) {
            if (!months.contains(date.getMonthValue())) {
                return false;
            }
            boolean inMonth = ofMonth.contains(date.getDayOfMonth());
            boolean inWeek = ofWeek.contains(date.getDayOfWeek().getValue() % 7);
            boolean either = !ofMonth.isAny() && !ofWeek.isAny();
            return either ? inMonth || inWeek : inMonth && inWeek;
        }
    }

    /// INVALID_ARGUMENT says which field is wrong.
    static Cron parse(String text, ZoneId zone) {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != 5) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT,
                    "\"" + text + "\" has " + fields.length + " fields: a time has five, as \"30 7 * * mon-fri\"");
        }
        Cron cron = new Cron(
                text,
                CronField.Kind.MINUTE.parse(fields[0]),
                CronField.Kind.HOUR.parse(fields[1]),
                new Days(
                        CronField.Kind.DAY.parse(fields[2]),
                        CronField.Kind.MONTH.parse(fields[3]),
                        CronField.Kind.WEEKDAY.parse(fields[4])),
                zone);
        ProblemException.require(
                cron.next(LocalDate.of(2000, 1, 1).atStartOfDay(zone).toInstant())
                        .isPresent(),
                "\"" + text + "\" never comes");
        return cron;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        LocalDate first = after.atZone(zone).toLocalDate();
        for (int day = 0; day < MOST_DAYS; day++) {
            LocalDate date = first.plusDays(day);
            Optional<Instant> found = days.contain(date) ? nextOn(date, after) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean matches(Instant moment) {
        Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
        return next(minute.minusMillis(1)).filter(minute::equals).isPresent();
    }

    private Optional<Instant> nextOn(LocalDate date, Instant after) {
        return hours.isAny() ? nextPassing(date, after) : nextFixed(date, after);
    }

    /// Minute by minute as time passes, the hour that comes twice included.
    private Optional<Instant> nextPassing(LocalDate date, Instant after) {
        ZonedDateTime start = date.atStartOfDay(zone);
        ZonedDateTime later = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        for (ZonedDateTime time = later.isAfter(start) ? later : start;
                time.toLocalDate().equals(date);
                time = time.plusMinutes(1)) {
            if (hours.contains(time.getHour()) && minutes.contains(time.getMinute())) {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> nextFixed(LocalDate date, Instant after) {
        for (int hour = 0; hour < 24; hour++) {
            for (int minute = 0; hours.contains(hour) && minute < 60; minute++) {
                if (minutes.contains(minute)) {
                    Instant instant = instant(date.atTime(LocalTime.of(hour, minute)));
                    if (instant.isAfter(after)) {
                        return Optional.of(instant);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// The first moment with this time on the clocks; the moment they jump over it when there is none.
    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition jump = zone.getRules().getTransition(local);
        return jump != null && jump.isGap()
                ? jump.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    @Override
    public String toString() {
        return "it is " + text + " in " + zone;
    }
}
