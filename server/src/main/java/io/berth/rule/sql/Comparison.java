package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operators that compare. Where a side is nothing, an array or an object, the answer is nothing. A text
/// that is no number and a number are different, and neither is smaller.
enum Comparison {
    EQUAL,
    DIFFERENT,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST;

    Value of(Value left, Value right) {
        if (!isScalar(left) || !isScalar(right)) {
            return Nothing.NOTHING;
        }
        Integer order = order(left, right);
        return Truth.of(order == null ? this == DIFFERENT : holds(order));
    }

    /// Arrays and objects may be large; no rule compares them whole.
    private static boolean isScalar(Value value) {
        return switch (value) {
            case Value.Items _, Value.Fields _, Nothing _ -> false;
            case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Moment _ -> true;
        };
    }

    private boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    /// Null when there is no order between the two.
    private static @Nullable Integer order(Value left, Value right) {
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return a.compareTo(b);
        }
        if (left instanceof Value.Flag flag && right instanceof Value.Text(String word)) {
            return sameWord(flag, word);
        }
        if (left instanceof Value.Text(String word) && right instanceof Value.Flag flag) {
            return sameWord(flag, word);
        }
        Value a = Numbers.read(left);
        Value b = Numbers.read(right);
        return a != null && b != null ? Numbers.compare(a, b) : null;
    }

    private static @Nullable Integer sameWord(Value.Flag flag, String word) {
        return word.equalsIgnoreCase(Boolean.toString(flag.on())) ? 0 : null;
    }

    record Compared(Comparison operator, Term left, Term right) implements Term {
        @Override
        public Value over(Run run) {
            return operator.of(left.over(run), right.over(run));
        }
    }

    /// Whether the value is one of the constants.
    record OneOf(Term left, List<Value> constants) implements Term {
        OneOf {
            constants = List.copyOf(constants);
        }

        @Override
        public Value over(Run run) {
            Value value = left.over(run);
            if (!isScalar(value)) {
                return Nothing.NOTHING;
            }
            for (Value constant : constants) {
                if (Truth.holds(EQUAL.of(value, constant))) {
                    return Truth.YES;
                }
            }
            return Truth.NO;
        }
    }
}
