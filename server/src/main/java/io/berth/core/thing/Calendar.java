package io.berth.core.thing;

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

    private Calendar() {}

    /// The short form, to the second.
    public static String text(Instant time) {
        return SHORT.format(time);
    }

    /// Throws a DateTimeParseException when the text is none of the forms.
    public static Instant parse(String text) {
        if (text.indexOf('-') < 0) {
            return (text.indexOf('.') < 0 ? SHORT : SHORT_MILLIS).parse(text, Instant::from);
        }
        return OffsetDateTime.parse(text).toInstant();
    }
}
