package io.berth.dialect.search;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.Relation;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What stands behind the name of a field: an operator, and one value or several.
public final class Comparison {
    /// No device meets it.
    public static final DeviceCondition NOBODY = new DeviceCondition.Any(List.of());

    private Comparison() {}

    /// `= 'a'`, `!= 'a'`, `in ('a', 'b')`, `not in (…)`, `like 'begins%'`.
    public static DeviceCondition text(SearchTokens tokens, TextField field) {
        if (tokens.takes("like")) {
            String pattern = tokens.value();
            require(
                    pattern.length() > 1 && pattern.indexOf('%') == pattern.length() - 1,
                    "like wants the beginning of a text and % behind it, not \"" + pattern + "\"");
            return new DeviceCondition.TextBegins(field, pattern.substring(0, pattern.length() - 1));
        }
        Choice choice = choice(tokens);
        return choice.turned(new DeviceCondition.TextIn(field, choice.values()));
    }

    /// The same without `like`, for values that stand for a condition each.
    public static DeviceCondition chosen(SearchTokens tokens, Function<String, DeviceCondition> one) {
        Choice choice = choice(tokens);
        return choice.turned(
                new DeviceCondition.Any(choice.values().stream().map(one).toList()));
    }

    /// `= 'floor'` behind the name of tags, or with `and` and a value behind it: one tag has both.
    ///
    /// @param valued what tags' values are called
    public static DeviceCondition tag(SearchTokens tokens, String valued) {
        tokens.demand("=");
        TextField field = new TextField.Tag(tokens.value());
        if (!tokens.followedBy("and", valued)) {
            return new DeviceCondition.TextBegins(field, "");
        }
        tokens.demand("and");
        tokens.demand(valued);
        return text(tokens, field);
    }

    /// `< '…'`, `<=`, `=`, `!=`, `>=`, `>`.
    ///
    /// @param clock reads the value, or throws a DateTimeException
    /// @param example of such a value, for whoever wrote another
    public static DeviceCondition time(
            SearchTokens tokens, TimeField field, Function<String, Instant> clock, String example) {
        String sign = tokens.word();
        Relation relation = relation(sign);
        try {
            DeviceCondition is = new DeviceCondition.TimeIs(field, relation, clock.apply(tokens.value()));
            return sign.equals("!=") ? new DeviceCondition.Not(is) : is;
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "times are compared with " + example, e);
        }
    }

    /// The same for places by age.
    ///
    /// @param place reads the value, or throws a ProblemException
    public static DeviceCondition place(SearchTokens tokens, UnaryOperator<String> place) {
        String sign = tokens.word();
        DeviceCondition stands = new DeviceCondition.Placed(relation(sign), place.apply(tokens.value()));
        return sign.equals("!=") ? new DeviceCondition.Not(stands) : stands;
    }

    private static Relation relation(String sign) {
        return switch (sign) {
            case "<" -> Relation.BEFORE;
            case "<=" -> Relation.NOT_AFTER;
            case "=", "!=" -> Relation.AT;
            case ">=" -> Relation.NOT_BEFORE;
            case ">" -> Relation.AFTER;
            default ->
                throw new ProblemException(Problem.INVALID_ARGUMENT, "these are not compared by \"" + sign + "\"");
        };
    }

    private record Choice(boolean unequal, List<String> values) {
        DeviceCondition turned(DeviceCondition condition) {
            return unequal ? new DeviceCondition.Not(condition) : condition;
        }
    }

    private static Choice choice(SearchTokens tokens) {
        if (tokens.takes("=")) {
            return new Choice(false, List.of(tokens.value()));
        }
        if (tokens.takes("!=") || tokens.takes("<>")) {
            return new Choice(true, List.of(tokens.value()));
        }
        boolean unequal = tokens.takes("not");
        tokens.demand("in");
        tokens.demand("(");
        List<String> values = new ArrayList<>();
        do {
            values.add(tokens.value());
        } while (tokens.takes(","));
        tokens.demand(")");
        return new Choice(unequal, values);
    }
}
