package io.berth.core.thing;

import io.berth.core.ProblemException;
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

    /// Beyond what a double can hold; what is longer only serves to fill the memory of whoever prints it.
    private static final int MAX_DIGITS = 400;

    public Bounds {
        ProblemException.require(
                isSane(min) && isSane(max) && isSane(step), "a bound has at most " + MAX_DIGITS + " digits");
    }

    public static Bounds of(long min, long max) {
        return new Bounds(BigDecimal.valueOf(min), BigDecimal.valueOf(max), null);
    }

    private static boolean isSane(@Nullable BigDecimal number) {
        return number == null || (number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS);
    }

    boolean isUpsideDown() {
        return min != null && max != null && min.compareTo(max) > 0;
    }

    boolean hasStepOfNothing() {
        return step != null && step.signum() <= 0;
    }

    /// Whether min and max, where there are any, are whole numbers.
    boolean isWhole() {
        return (min == null || min.stripTrailingZeros().scale() <= 0)
                && (max == null || max.stripTrailingZeros().scale() <= 0);
    }

    /// Whether some number from `low` to `high` is within.
    boolean meets(long low, long high) {
        return (min == null || min.compareTo(BigDecimal.valueOf(high)) <= 0)
                && (max == null || max.compareTo(BigDecimal.valueOf(low)) >= 0);
    }

    /// For whole numbers that a double may not hold.
    @Nullable
    Value admitExactly(Value.Whole value, DataType type, String path, Check check) {
        BigDecimal number = BigDecimal.valueOf(value.number());
        if (min != null && number.compareTo(min) < 0) {
            return tooLittle(min, type, path, check);
        }
        return max != null && number.compareTo(max) > 0 ? tooMuch(max, type, path, check) : value;
    }

    @Nullable
    Value admit(Value value, double number, DataType type, String path, Check check) {
        if (min != null && number < min.doubleValue()) {
            return tooLittle(min, type, path, check);
        }
        return max != null && number > max.doubleValue() ? tooMuch(max, type, path, check) : value;
    }

    /// For numbers of a float: 0.1 comes as 0.10000000149011612 from a device that counts in floats, and is
    /// no more than a bound of 0.1.
    @Nullable
    Value admitAsFloat(Value value, double number, DataType type, String path, Check check) {
        float rounded = (float) number;
        if (Float.isInfinite(rounded)) {
            return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is too large for a float");
        }
        if (min != null && rounded < min.floatValue()) {
            return tooLittle(min, type, path, check);
        }
        return max != null && rounded > max.floatValue() ? tooMuch(max, type, path, check) : value;
    }

    private static @Nullable Value tooLittle(BigDecimal min, DataType type, String path, Check check) {
        return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is less than " + min.toPlainString());
    }

    private static @Nullable Value tooMuch(BigDecimal max, DataType type, String path, Check check) {
        return check.refuse(Violation.Kind.OUT_OF_BOUNDS, type, path, "is more than " + max.toPlainString());
    }
}
