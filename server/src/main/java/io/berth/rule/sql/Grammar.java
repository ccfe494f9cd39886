package io.berth.rule.sql;

import io.berth.core.ProblemException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import org.jspecify.annotations.Nullable;

/// Runs the parser, which knows every clause of every database, and lets through the only form a rule has:
/// items, one source, one condition. The parser runs on the caller's thread: what makes it slow, length and
/// nesting, [SqlText] has bounded already, and the longest statement takes it a fraction of a second.
final class Grammar {
    private record Clause(String name, Predicate<PlainSelect> isIn) {}

    private static final List<Clause> FOREIGN = List.of(
            new Clause("DISTINCT", select -> select.getDistinct() != null),
            new Clause("JOIN, or a second topic,", select -> select.getJoins() != null),
            new Clause("GROUP BY", select -> select.getGroupBy() != null),
            new Clause("HAVING", select -> select.getHaving() != null),
            new Clause("ORDER BY", select -> select.getOrderByElements() != null),
            new Clause("LIMIT", select -> select.getLimit() != null),
            new Clause("OFFSET", select -> select.getOffset() != null));

    /// What a rule has.
    record Parts(
            List<SelectItem<?>> items,
            @Nullable FromItem from,
            @Nullable Expression where) {}

    private Grammar() {}

    static Parts parts(SqlText text) {
        Statement statement = parse(text);
        if (!(statement instanceof PlainSelect select)) {
            String kind = statement instanceof SetOperationList
                    ? "a second SELECT"
                    : statement.getClass().getSimpleName();
            throw text.refusal(kind + " is not part of a rule's SQL");
        }
        for (Clause clause : FOREIGN) {
            if (clause.isIn.test(select)) {
                throw text.refusal(clause.name + " is not part of a rule's SQL");
            }
        }
        Parts parts = new Parts(List.copyOf(select.getSelectItems()), select.getFromItem(), select.getWhere());
        if (!isEmptied(select)) {
            throw text.refusal("there is more than SELECT, FROM and WHERE");
        }
        return parts;
    }

    /// Whether nothing is left when the parts are taken out; for whatever has no entry in the list.
    private static boolean isEmptied(PlainSelect select) {
        select.setSelectItems(List.of(SelectItem.from(new AllColumns())));
        select.setFromItem(null);
        select.setWhere(null);
        return select.toString().equals("SELECT *");
    }

    private static Statement parse(SqlText text) {
        if (!text.statement().stripLeading().regionMatches(true, 0, "SELECT", 0, "SELECT".length())) {
            throw text.refusal("a rule's SQL begins with SELECT");
        }
        try {
            Statement statement = new CCJSqlParser(text.statement()).Statement();
            if (statement == null) {
                throw text.refusal("it ends where more must follow");
            }
            return statement;
        } catch (ParseException e) {
            throw notUnderstood(text, e);
        } catch (TokenMgrException e) {
            throw text.refusal("it is not understood: " + e.getMessage());
        }
    }

    private static ProblemException notUnderstood(SqlText text, ParseException e) {
        Token wrong = e.currentToken == null ? null : e.currentToken.next;
        if (wrong == null || wrong.absoluteBegin == 0) { // the end has no place
            return text.refusal("it ends where more must follow");
        }
        return text.refusalAt(begin(wrong), "not understood at " + text.between(begin(wrong), end(wrong)));
    }

    /// Where a piece of the tree stands in the statement; null where the parser does not say.
    static @Nullable Integer place(Object piece) {
        Token first = token(piece, BinaryExpression::getLeftExpression, Node::jjtGetFirstToken);
        return first == null ? null : begin(first);
    }

    /// The author's own letters of a piece of the tree, for the tree splits names in its own way; null where
    /// the parser does not say.
    static @Nullable String letters(SqlText text, Object piece) {
        Token first = token(piece, BinaryExpression::getLeftExpression, Node::jjtGetFirstToken);
        Token last = token(piece, BinaryExpression::getRightExpression, Node::jjtGetLastToken);
        return first == null || last == null ? null : text.between(begin(first), end(last));
    }

    /// The parser gives operators no place: theirs begins where the left side does and ends where the right
    /// does.
    private static @Nullable Token token(
            Object piece, Function<BinaryExpression, Expression> side, Function<Node, Token> end) {
        Object at = piece;
        while (at instanceof BinaryExpression binary && binary.getASTNode() == null) {
            at = side.apply(binary);
        }
        Node node = at instanceof ASTNodeAccess access ? access.getASTNode() : null;
        return node == null ? null : end.apply(node);
    }

    private static int begin(Token token) {
        return token.absoluteBegin - 1;
    }

    private static int end(Token token) {
        return begin(token) + token.image.length();
    }
}
