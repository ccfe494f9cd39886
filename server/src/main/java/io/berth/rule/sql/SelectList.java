package io.berth.rule.sql;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind SELECT: each item's term, and the name of its field.
final class SelectList {
    private final SqlText text;
    private final Compiler compiler;

    SelectList(SqlText text, Compiler compiler) {
        this.text = text;
        this.compiler = compiler;
    }

    Projection projection(List<SelectItem<?>> items) {
        List<Projection.Item> compiled = new ArrayList<>();
        for (SelectItem<?> item : items) {
            compiled.add(item(item.getExpression(), alias(item)));
        }
        return new Projection(compiled);
    }

    private Projection.Item item(Expression expression, @Nullable String alias) {
        if (expression instanceof AllColumns all) {
            if (alias != null || !all.toString().equals("*")) {
                throw text.refusal("* stands alone, without a name or an exception");
            }
            return new Projection.Item.All();
        }
        if (alias == null && expression instanceof Function function && compiler.isSpreading(function.getName())) {
            return new Projection.Item.Spread(compiler.term(function));
        }
        return new Projection.Item.Named(alias == null ? nameOf(expression) : alias, compiler.term(expression));
    }

    /// The name behind AS, without its quotation marks; null when there is none.
    @Nullable
    String alias(SelectItem<?> item) {
        Alias alias = item.getAlias();
        if (alias == null) {
            return null;
        }
        String name = alias.getName();
        if (!alias.toString().strip().equals(alias.isUseAs() ? "AS " + name : name)) {
            throw text.refusal("a name stands alone, not as " + alias.toString().strip());
        }
        if (name.startsWith("'") && !alias.isUseAs()) {
            throw text.refusal("the text " + name + " stands where nothing must");
        }
        boolean quoted = name.startsWith("\"") || name.startsWith("'");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    /// Without AS the author's own letters are the name (spec huawei-iotda 8).
    private String nameOf(Expression expression) {
        if (isPath(expression)) {
            return compiler.path(expression).text();
        }
        String letters = Grammar.letters(text, expression);
        if (letters == null) {
            throw text.refusal("a field that is worked out needs a name: AS name");
        }
        return letters;
    }

    static boolean isPath(Expression expression) {
        return expression instanceof Column
                || expression instanceof ArrayExpression
                || expression instanceof RowGetExpression;
    }
}
