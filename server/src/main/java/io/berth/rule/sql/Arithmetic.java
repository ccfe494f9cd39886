package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;

/// The operators on numbers. Whole numbers stay whole while the result is and fits 64 bits.
enum Arithmetic {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED,
    MODULO;

    Value of(Value left, Value right) {
        if (left == Nothing.NOTHING || right == Nothing.NOTHING) {
            return Nothing.NOTHING;
        }
        Value a = Numbers.require(left);
        Value b = Numbers.require(right);
        if ((this == DIVIDED || this == MODULO) && Numbers.real(b) == 0) {
            throw new SqlFault("division by zero");
        }
        return a instanceof Value.Whole(long x) && b instanceof Value.Whole(long y)
                ? whole(x, y)
                : Numbers.finite(decimal(Numbers.real(a), Numbers.real(b)));
    }

    private Value whole(long x, long y) {
        try {
            return switch (this) {
                case PLUS -> new Value.Whole(Math.addExact(x, y));
                case MINUS -> new Value.Whole(Math.subtractExact(x, y));
                case TIMES -> new Value.Whole(Math.multiplyExact(x, y));
                case DIVIDED ->
                    x % y == 0
                            ? new Value.Whole(Math.divideExact(x, y))
                            : Numbers.finite(decimal((double) x, (double) y));
                case MODULO -> new Value.Whole(x % y);
            };
        } catch (ArithmeticException e) {
            return Numbers.finite(decimal((double) x, (double) y)); // beyond 64 bits
        }
    }

    private double decimal(double x, double y) {
        return switch (this) {
            case PLUS -> x + y;
            case MINUS -> x - y;
            case TIMES -> x * y;
            case DIVIDED -> x / y;
            case MODULO -> x % y;
        };
    }

    record Calculation(Arithmetic operator, Term left, Term right) implements Term {
        @Override
        public Value over(Run run) {
            return operator.of(left.over(run), right.over(run));
        }
    }
}
