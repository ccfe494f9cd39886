package io.berth.rule.sql;

import io.berth.core.Value;
import java.util.List;

/// CASE: the first branch whose condition holds.
record Choice(List<When> whens, Term otherwise) implements Term {
    record When(Term condition, Term then) {}

    Choice {
        whens = List.copyOf(whens);
    }

    @Override
    public Value over(Run run) {
        for (When when : whens) {
            if (Truth.holds(when.condition().over(run))) {
                return when.then().over(run);
            }
        }
        return otherwise.over(run);
    }
}
