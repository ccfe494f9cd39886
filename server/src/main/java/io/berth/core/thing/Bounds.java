package io.berth.core.thing;

import io.berth.core.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The bounds of a number, each included, null when there is none. `step` is what a scale on a screen moves
/// by; values between steps are accepted (spec aliyun-device 7).
public record Bounds(
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        @Nullable BigDecimal step) {
    public static final Bounds NONE = new Bounds(null, null, null);

    public static Bounds of(long min, long max) {
        return new Bounds(BigDecimal.valueOf(min), BigDecimal.valueOf(max), null);
    }

    boolean contradicts() {
        return (min != null && max != null && min.compareTo(max) > 0) || (step != null && step.signum() <= 0);
    }

    /// For whole numbers that a double may not hold.
    @Nullable
    Value admitExactly(Value.Whole value, DataType type, String path, Check check) {
        BigDecimal number = BigDecimal.valueOf(value.number());
        if (min != null && number.compareTo(min) < 0) {
            return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is less than " + min.toPlainString());
        }
        if (max != null && number.compareTo(max) > 0) {
            return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is more than " + max.toPlainString());
        }
        return value;
    }

    @Nullable
    Value admit(Value value, double number, DataType type, String path, Check check) {
        if (min != null && number < min.doubleValue()) {
            return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is less than " + min.toPlainString());
        }
        if (max != null && number > max.doubleValue()) {
            return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is more than " + max.toPlainString());
        }
        return value;
    }
}
