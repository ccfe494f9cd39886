package io.berth.dialect.huawei.device;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// The `YYYYMMDDHH` in UTC that keys a password.
final class HuaweiHour {
    /// How many hours a checked one may be off (spec huawei-iotda 2.1).
    static final int TOLERATED_HOURS = 1;

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMddHH", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private HuaweiHour() {}

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String format(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC).format(FORMAT);
    }

    /// How far the hour is ahead of the one `now` falls in.
    static Duration skew(Instant hour, Instant now) {
        return Duration.between(now.truncatedTo(ChronoUnit.HOURS), hour);
    }

    static boolean isTolerated(Duration skew) {
        return skew.abs().compareTo(Duration.ofHours(TOLERATED_HOURS)) <= 0;
    }
}
