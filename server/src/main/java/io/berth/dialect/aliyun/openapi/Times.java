package io.berth.dialect.aliyun.openapi;

import io.berth.dialect.aliyun.app.AliyunTimes;
import io.berth.json.Members;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Times as answers tell them: `GmtCreate` in the zone that is configured, `UtcCreate` in UTC.
final class Times {
    private final DateTimeFormatter local;
    private final DateTimeFormatter exact;

    Times(ZoneId zone) {
        this.local = format("uuuu-MM-dd HH:mm:ss", zone);
        this.exact = format("uuuu-MM-dd HH:mm:ss.SSS", zone);
    }

    private static DateTimeFormatter format(String pattern, ZoneId zone) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withZone(zone);
    }

    /// @param what happened: `Create` for `GmtCreate` and `UtcCreate`
    Members tell(Members members, String what, @Nullable Instant time) {
        return time == null
                ? members
                : members.with("Gmt" + what, local(time)).with("Utc" + what, AliyunTimes.utc(time));
    }

    /// `2026-11-21 16:00:00`
    String local(Instant time) {
        return local.format(time);
    }

    /// `2026-11-21 16:00:00.123`
    String exact(Instant time) {
        return exact.format(time);
    }

    /// Either of the two; throws a DateTimeException.
    Instant parse(String text) {
        return (text.indexOf('.') < 0 ? local : exact).parse(text, Instant::from);
    }
}
