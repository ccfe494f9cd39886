package io.berth.rule.sql;

import net.sf.jsqlparser.expression.Expression;
import org.jspecify.annotations.Nullable;

/// What stands behind WHERE.
final class Conditions {
    /// Every message.
    static final Term NONE = new Term.Constant(Truth.YES);

    private Conditions() {}

    static Term of(@Nullable Expression where, Compiler compiler) {
        return where == null ? NONE : compiler.term(where);
    }
}
