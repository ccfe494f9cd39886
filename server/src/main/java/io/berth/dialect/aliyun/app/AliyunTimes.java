package io.berth.dialect.aliyun.app;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as the vendor's texts have them: always to the millisecond.
public final class AliyunTimes {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private AliyunTimes() {}

    public static String utc(Instant time) {
        return UTC.format(time);
    }
}
