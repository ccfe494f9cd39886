package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.core.thing.Calendar;
import java.time.DateTimeException;
import java.time.Instant;

/// Times as devices write them (spec huawei-iotda 0): `20260102T030405Z`, also with milliseconds, ISO 8601, or
/// seconds or milliseconds since 1970.
final class HuaweiTime {
    private static final int MAX_DIGITS = 15;

    /// What is less is seconds: as milliseconds it would be a time before 1974.
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private HuaweiTime() {}

    static String text(Instant time) {
        return Calendar.text(time);
    }

    /// The time of arrival when the value is absent or none of the forms.
    static Instant read(Value value, Instant arrival) {
        return switch (value) {
            case Value.Whole(long number) -> read(Long.toString(number), arrival);
            case Value.Text(String text) -> read(text, arrival);
            default -> arrival;
        };
    }

    private static Instant read(String text, Instant arrival) {
        try {
            boolean isNumber = !text.isEmpty()
                    && text.length() <= MAX_DIGITS
                    && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return isNumber ? since1970(Long.parseLong(text)) : Calendar.parse(text);
        } catch (DateTimeException e) {
            return arrival;
        }
    }

    private static Instant since1970(long number) {
        return number < LEAST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }
}
