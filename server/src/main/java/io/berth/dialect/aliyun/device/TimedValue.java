package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.thing.ThingModel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A value as a device sends it: bare, or as `{"value":v,"time":ms}` with the time it is of. No member of a
/// model may be called `value`, so nothing bare looks like that (spec aliyun-device 5.3, 7).
///
/// @param time as it came, [Value.Nothing] when the device said none
record TimedValue(Value value, Value time) {
    private static final int MAX_DIGITS = 18;

    static TimedValue of(Value given) {
        return given instanceof Value.Fields fields && isWrapped(fields)
                ? new TimedValue(fields.get("value"), fields.get("time"))
                : new TimedValue(given, Value.Nothing.NOTHING);
    }

    private static boolean isWrapped(Value.Fields fields) {
        int members = fields.fields().size();
        return fields.fields().containsKey("value")
                && (members == 1 || (members == 2 && fields.fields().containsKey("time")));
    }

    /// When it was so, now when the device does not say; null when what it says is no time, or one further ahead
    /// than its clock may be.
    @Nullable
    Instant at(Instant now) {
        Instant said = switch (time) {
            case Value.Nothing _ -> now;
            case Value.Whole(long millis) -> millis < 0 ? null : Instant.ofEpochMilli(millis);
            case Value.Text(String digits) -> isDigits(digits) ? Instant.ofEpochMilli(Long.parseLong(digits)) : null;
            default -> null;
        };
        return said == null || said.isAfter(now.plus(ThingModel.MAX_AHEAD)) ? null : said;
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
