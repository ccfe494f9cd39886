package io.berth.rule.scene;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds a value against another. Numbers are compared by what they are worth, however they are written; a yes
/// or no is worth 1 or 0. A value that is not known fulfils nothing.
record Comparison(Operator operator, Value operand) {
    enum Operator {
        ABOVE(">"),
        AT_LEAST(">="),
        BELOW("<"),
        AT_MOST("<="),
        EQUAL("="),
        UNEQUAL("!="),
        /// From the first of two numbers on, and below the second.
        BETWEEN("between"),
        ONE_OF("in");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /// Whether it asks which one is greater.
        boolean orders() {
            return this != EQUAL && this != UNEQUAL && this != ONE_OF;
        }
    }

    boolean holds(Value now) {
        if (now == Value.Nothing.NOTHING) {
            return false;
        }
        return switch (operator) {
            case BETWEEN ->
                operands().size() == 2
                        && new Comparison(Operator.AT_LEAST, operands().getFirst()).holds(now)
                        && new Comparison(Operator.BELOW, operands().getLast()).holds(now);
            case ONE_OF -> operands().stream().anyMatch(one -> new Comparison(Operator.EQUAL, one).holds(now));
            case ABOVE, AT_LEAST, BELOW, AT_MOST, EQUAL, UNEQUAL -> isMet(now);
        };
    }

    /// What it is held against: one value, or those of a list for operators that want several.
    List<Value> operands() {
        boolean several = operator == Operator.BETWEEN || operator == Operator.ONE_OF;
        return several && operand instanceof Value.Items(List<Value> items) ? items : List.of(operand);
    }

    private boolean isMet(Value now) {
        BigDecimal mine = number(now);
        BigDecimal theirs = number(operand);
        if (mine == null || theirs == null) {
            return switch (operator) {
                case EQUAL -> now.equals(operand);
                case UNEQUAL -> !now.equals(operand);
                case ABOVE, AT_LEAST, BELOW, AT_MOST, BETWEEN, ONE_OF -> false;
            };
        }
        int order = mine.compareTo(theirs);
        return switch (operator) {
            case ABOVE -> order > 0;
            case AT_LEAST -> order >= 0;
            case BELOW -> order < 0;
            case AT_MOST -> order <= 0;
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case BETWEEN, ONE_OF -> false;
        };
    }

    /// What the value is worth, null when it is no number.
    static @Nullable BigDecimal number(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> BigDecimal.valueOf(number);
            case Value.Decimal(double number) -> BigDecimal.valueOf(number);
            case Value.Flag(boolean on) -> on ? BigDecimal.ONE : BigDecimal.ZERO;
            case Value.Moment moment -> BigDecimal.valueOf(moment.time().toEpochMilli());
            case Value.Text _, Value.Items _, Value.Fields _, Value.Nothing _ -> null;
        };
    }

    /// `> 30`
    @Override
    public String toString() {
        return operator.sign + " " + ValueJson.write(operand);
    }
}
