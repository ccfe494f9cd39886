package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.List;

/// Yes, no, and nothing where a value is missing: nothing is neither, and neither is its opposite, so that no
/// rule fires because a field is not there.
final class Truth {
    static final Value YES = new Value.Flag(true);
    static final Value NO = new Value.Flag(false);

    private Truth() {}

    static Value of(boolean holds) {
        return holds ? YES : NO;
    }

    /// A value where a condition stands: `isTest`.
    static Value of(Value value) {
        return switch (value) {
            case Value.Flag(boolean on) -> of(on);
            case Value.Whole(long number) -> of(number != 0);
            case Value.Decimal(double number) -> of(number != 0);
            case Value.Text(String text) -> of(text.equalsIgnoreCase("true"));
            case Nothing nothing -> nothing;
            case Value.Moment _, Value.Items _, Value.Fields _ -> NO;
        };
    }

    static boolean holds(Value value) {
        return of(value).equals(YES);
    }

    static Value not(Value value) {
        return of(value) instanceof Value.Flag(boolean on) ? of(!on) : Nothing.NOTHING;
    }

    /// IS NULL: nothing, and an array without elements (the vendor's own rule).
    record Missing(Term left, boolean wanted) implements Term {
        @Override
        public Value over(Run run) {
            Value value = left.over(run);
            boolean missing =
                    value == Nothing.NOTHING || (value instanceof Value.Items(List<Value> items) && items.isEmpty());
            return of(missing == wanted);
        }
    }

    /// Conditions joined by AND, left to right, no further than the first no.
    record AllOf(List<Term> terms) implements Term {
        @Override
        public Value over(Run run) {
            return decide(terms, run, NO, YES);
        }
    }

    /// Conditions joined by OR, left to right, no further than the first yes.
    record AnyOf(List<Term> terms) implements Term {
        @Override
        public Value over(Run run) {
            return decide(terms, run, YES, NO);
        }
    }

    private static Value decide(List<Term> terms, Run run, Value decisive, Value otherwise) {
        Value result = otherwise;
        for (int i = 0; i < terms.size(); i++) {
            Value truth = of(terms.get(i).over(run));
            if (truth.equals(decisive)) {
                return decisive;
            }
            if (truth == Nothing.NOTHING) {
                result = truth;
            }
        }
        return result;
    }
}
