package io.berth.rule.sql;

import io.berth.core.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Values read as numbers: numbers, points in time as milliseconds, flags as 1 and 0, and texts that are
/// written like a number, for devices send `"23.5"`.
final class Numbers {
    /// No device writes a longer one.
    private static final int MAX_DIGITS = 64;

    /// Doubles hold every whole number up to here.
    private static final long EXACT = 1L << 53;

    private Numbers() {}

    /// A [Value.Whole] or [Value.Decimal], null when the value is no number.
    static @Nullable Value read(Value value) {
        return switch (value) {
            case Value.Whole whole -> whole;
            case Value.Decimal decimal -> decimal;
            case Value.Moment moment -> new Value.Whole(moment.time().toEpochMilli());
            case Value.Flag(boolean on) -> new Value.Whole(on ? 1 : 0);
            case Value.Text(String text) -> parse(text);
            case Value.Items _, Value.Fields _, Value.Nothing _ -> null;
        };
    }

    static Value require(Value value) {
        Value number = read(value);
        if (number == null) {
            throw new SqlFault(Texts.shown(value) + " is no number");
        }
        return number;
    }

    static double real(Value value) {
        return switch (require(value)) {
            case Value.Whole(long number) -> number;
            case Value.Decimal(double number) -> number;
            default -> throw new SqlFault(Texts.shown(value) + " is no number");
        };
    }

    static Value finite(double number) {
        if (!Double.isFinite(number)) {
            throw new SqlFault("the result is no finite number");
        }
        return new Value.Decimal(number);
    }

    /// A whole number when it is one of 64 bits, else a decimal; null when the text is written otherwise.
    static @Nullable Value parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS || !looksLikeOne(text)) {
            return null;
        }
        try {
            return new Value.Whole(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return decimal(text);
        }
    }

    private static @Nullable Value decimal(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? new Value.Decimal(number) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// Keeps out what Java also reads as a number: `NaN`, `1d`, `0x1p3`, other scripts' digits.
    private static boolean looksLikeOne(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    /// Compares two that [#read] gave, by value: 1 equals 1.0, and no digit of a long is lost.
    static int compare(Value left, Value right) {
        if (left instanceof Value.Whole(long a)) {
            return right instanceof Value.Whole(long b)
                    ? Long.compare(a, b)
                    : compare(a, ((Value.Decimal) right).number());
        }
        double a = ((Value.Decimal) left).number();
        return right instanceof Value.Whole(long b) ? -compare(b, a) : signed(a, ((Value.Decimal) right).number());
    }

    private static int compare(long whole, double decimal) {
        return Math.abs(whole) <= EXACT && whole != Long.MIN_VALUE
                ? signed((double) whole, decimal)
                : BigDecimal.valueOf(whole).compareTo(new BigDecimal(decimal));
    }

    /// Not `Double.compare`, which tells 0 from -0.
    private static int signed(double left, double right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }
}
