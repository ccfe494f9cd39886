package io.berth.cli;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// Moments and spans as people read and write them.
final class Times {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final InstantSource clock;
    private final ZoneId zone;

    Times(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /// Date and time of day, `2026-11-21 20:53:36`.
    String full(Instant moment) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME
                .format(LocalDateTime.ofInstant(moment.truncatedTo(SECONDS), zone))
                .replace('T', ' ');
    }

    /// Time of day to the millisecond, for things that happen while someone watches.
    String ofDay(Instant moment) {
        return LocalDateTime.ofInstant(moment, zone).format(DateTimeFormatter.ofPattern("HH:mm:ss.SSS"));
    }

    /// The moment and how far it is from now.
    String withAge(Instant moment) {
        Duration age = Duration.between(moment, clock.instant());
        return full(moment) + " (" + distance(age) + ")";
    }

    private static String distance(Duration age) {
        if (age.abs().toSeconds() < 1) {
            return "just now";
        }
        return age.isNegative() ? "in " + span(age) : span(age) + " ago";
    }

    /// The span in its largest whole unit: `3 min`, `2 h`, `40 days`.
    static String span(Duration span) {
        long seconds = span.abs().toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + " h" : seconds / 86400 + " days";
    }

    /// Reads a moment like `2026-01-02T03:04:05Z`, or a span, which is how long ago; empty when it is neither.
    static Optional<Instant> moment(String text, Instant now) {
        try {
            return Optional.of(SPAN.matcher(text).matches() ? now.minus(parse(text)) : Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /// Reads `500ms`, `5s`, `2m`, `1h`, `30d`.
    static Duration parse(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new TypeConversionException("a time is written like 500ms, 5s, 2m, 1h or 30d");
        }
        long amount = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
