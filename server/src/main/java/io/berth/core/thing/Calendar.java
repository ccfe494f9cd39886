package io.berth.core.thing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as calendar dates. Devices write the short form `20260102T030405Z`, or with milliseconds; people
/// write ISO 8601 (spec huawei-iotda 0 and 10).
public final class Calendar {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_MILLIS =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Calendar() {}

    /// The short form, to the second.
    public static String text(Instant time) {
        return SHORT.format(time);
    }

    /// Throws a DateTimeException when the text is none of the forms, or its year has not four digits.
    public static Instant parse(String text) {
        Instant time = text.indexOf('-') < 0
                ? (text.indexOf('.') < 0 ? SHORT : SHORT_MILLIS).parse(text, Instant::from)
                : OffsetDateTime.parse(text).toInstant();
        // the forms allow years whose milliseconds no long can count
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw new DateTimeException("the year has not four digits");
        }
        return time;
    }
}
