package io.berth.rule.sql;

import java.util.List;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.SelectItem;

/// Huawei Cloud's dialect: a select and a where, given apart and without the keywords, over a notification as
/// applications get it, with the functions of [NotificationFunctions] (spec huawei-iotda 8). Any thread.
public final class NotificationSql {
    /// Of each clause, as the vendor's API has it; the console's own bound is 500.
    static final int MAX_LENGTH = 2_500;

    static final int MAX_NAMES = 10;
    static final int MAX_NAME_LENGTH = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final String SELECT = "SELECT ";
    private static final String WHERE = "SELECT * WHERE ";

    private final Language language = new Language(NotificationFunctions.table(), true);

    /// Refuses, with the clause, the place and the reason, what is no rule of this dialect.
    ///
    /// @param select empty for the whole notification
    /// @param where empty for every notification
    public CompiledSql compile(String select, String where) {
        return new CompiledSql(null, condition(where), projection(select));
    }

    private Projection projection(String select) {
        if (select.isBlank()) {
            return Projection.EVERYTHING;
        }
        SqlText text = SqlText.clause("select", SELECT, select, MAX_LENGTH);
        Grammar.Parts parts = Grammar.parts(text);
        if (parts.from() != null || parts.where() != null) {
            throw text.refusal("FROM and WHERE are not part of it");
        }
        SelectList list = new SelectList(text, new Compiler(text, language));
        checkNames(text, list, parts.items());
        return list.projection(parts.items());
    }

    private Term condition(String where) {
        if (where.isBlank()) {
            return Conditions.NONE;
        }
        SqlText text = SqlText.clause("where", WHERE, where, MAX_LENGTH);
        Grammar.Parts parts = Grammar.parts(text);
        if (parts.from() != null) {
            throw text.refusal("FROM is not part of it");
        }
        return Conditions.of(parts.where(), new Compiler(text, language));
    }

    private static void checkNames(SqlText text, SelectList list, List<SelectItem<?>> items) {
        int names = 0;
        for (SelectItem<?> item : items) {
            String name = list.alias(item);
            if (name == null) {
                Expression expression = item.getExpression();
                if (!SelectList.isPath(expression) && !(expression instanceof AllColumns)) {
                    throw text.refusal("a constant or a function needs a name: AS name");
                }
                continue;
            }
            names++;
            if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
                throw text.refusal("AS " + name + ": a name has 1 to 32 letters, digits, _ and -");
            }
        }
        if (names > MAX_NAMES) {
            throw text.refusal("more than " + MAX_NAMES + " names");
        }
    }
}
