package io.berth.rule.sql;

import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.SupportsOldOracleJoinSyntax;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;

/// Makes [Term]s of the parser's tree. What has no case here is not part of a rule's SQL, whatever the grammar
/// thinks of it.
final class Compiler {
    /// How deep terms may lie in one another. A chain of ANDs or ORs lies flat.
    private static final int MAX_DEPTH = 100;

    private static final int MAX_QUOTED = 60;

    private final SqlText text;
    private final Language language;
    private int depth;

    Compiler(SqlText text, Language language) {
        this.text = text;
        this.language = language;
    }

    Term term(Expression expression) {
        if (++depth > MAX_DEPTH) {
            throw text.refusal("expressions are nested deeper than " + MAX_DEPTH);
        }
        if (expression instanceof SupportsOldOracleJoinSyntax join
                && join.getOldOracleJoinSyntax() != SupportsOldOracleJoinSyntax.NO_ORACLE_JOIN) {
            throw foreign(expression);
        }
        Term term = switch (expression) {
            case Column _, ArrayExpression _, RowGetExpression _ -> path(expression);
            case StringValue string -> constant(new Value.Text(string(string)));
            case LongValue number -> number(number.getStringValue(), expression);
            case DoubleValue number -> number(number.toString(), expression);
            case BooleanValue flag -> constant(Truth.of(flag.getValue()));
            case NullValue _ -> constant(Nothing.NOTHING);
            case SignedExpression signed -> signed(signed);
            case ParenthesedExpressionList<?> inner when inner.size() == 1 -> term(inner.getFirst());
            case AndExpression and -> new Truth.AllOf(chain(and));
            case OrExpression or -> new Truth.AnyOf(chain(or));
            case NotExpression not -> not(term(not.getExpression()));
            case LikeExpression like -> like(like);
            case InExpression in -> in(in);
            case IsNullExpression isNull -> isNull(isNull);
            case CaseExpression choice -> choice(choice);
            case Function function -> function(function);
            case BinaryExpression binary -> binary(binary);
            default -> throw foreign(expression);
        };
        depth--;
        return term;
    }

    private static Term constant(Value value) {
        return new Term.Constant(value);
    }

    Path path(Expression expression) {
        String letters = Grammar.letters(text, expression);
        if (letters == null) {
            throw foreign(expression);
        }
        return placed(expression, () -> Path.parse(letters));
    }

    private String string(StringValue string) {
        if (string.getPrefix() != null) {
            throw foreign(string);
        }
        return string.getValue().replace("''", "'");
    }

    private Term number(String digits, Expression expression) {
        Value number = Numbers.parse(digits);
        if (number == null) {
            throw foreign(expression);
        }
        return constant(number);
    }

    /// `-5` is one constant, for lists that take nothing else.
    private Term signed(SignedExpression signed) {
        Expression inner = signed.getExpression();
        String sign = signed.getSign() == '-' ? "-" : "";
        return switch (inner) {
            case LongValue number -> number(sign + number.getStringValue(), signed);
            case DoubleValue number -> number(sign + number, signed);
            case Expression _
            when signed.getSign() == '-' ->
                new Arithmetic.Calculation(Arithmetic.MINUS, constant(new Value.Whole(0)), term(inner));
            default -> throw foreign(signed);
        };
    }

    /// The members of `a AND b AND c`, which the parser hangs one below the other.
    private List<Term> chain(BinaryExpression last) {
        List<Term> terms = new ArrayList<>();
        Expression rest = last;
        while (rest.getClass() == last.getClass()) {
            BinaryExpression link = (BinaryExpression) rest;
            terms.add(term(link.getRightExpression()));
            rest = link.getLeftExpression();
        }
        terms.add(term(rest));
        Collections.reverse(terms);
        return List.copyOf(terms);
    }

    private static Term not(Term term) {
        return run -> Truth.not(term.over(run));
    }

    private Term binary(BinaryExpression binary) {
        return switch (binary) {
            case EqualsTo _ -> compared(Comparison.EQUAL, binary);
            case NotEqualsTo _ -> compared(Comparison.DIFFERENT, binary);
            case MinorThan _ -> compared(Comparison.LESS, binary);
            case MinorThanEquals _ -> compared(Comparison.AT_MOST, binary);
            case GreaterThan _ -> compared(Comparison.MORE, binary);
            case GreaterThanEquals _ -> compared(Comparison.AT_LEAST, binary);
            case Addition _ -> calculated(Arithmetic.PLUS, binary);
            case Subtraction _ -> calculated(Arithmetic.MINUS, binary);
            case Multiplication _ -> calculated(Arithmetic.TIMES, binary);
            case Division _ -> calculated(Arithmetic.DIVIDED, binary);
            case Modulo _ -> calculated(Arithmetic.MODULO, binary);
            case Concat _ -> FunctionTable.strict("||", List.of(left(binary), right(binary)), Texts::concat);
            default -> throw foreign(binary);
        };
    }

    private Term compared(Comparison operator, BinaryExpression binary) {
        return new Comparison.Compared(operator, left(binary), right(binary));
    }

    private Term calculated(Arithmetic operator, BinaryExpression binary) {
        return new Arithmetic.Calculation(operator, left(binary), right(binary));
    }

    private Term left(BinaryExpression binary) {
        return term(binary.getLeftExpression());
    }

    private Term right(BinaryExpression binary) {
        return term(binary.getRightExpression());
    }

    private Term like(LikeExpression like) {
        boolean plain =
                like.getLikeKeyWord() == LikeExpression.KeyWord.LIKE && like.getEscape() == null && !like.isUseBinary();
        if (!plain || !(like.getRightExpression() instanceof StringValue pattern)) {
            throw plain ? text.refusal("LIKE wants a text in single quotation marks") : foreign(like);
        }
        String letters = string(pattern);
        if (letters.length() > LikePattern.MAX_LENGTH) {
            throw text.refusal("a pattern of LIKE is longer than " + LikePattern.MAX_LENGTH + " characters");
        }
        Term found = new LikePattern.Like(left(like), new LikePattern(letters, language.underscoreIsAnyOne()));
        return like.isNot() ? not(found) : found;
    }

    private Term in(InExpression in) {
        if (!(in.getRightExpression() instanceof ParenthesedExpressionList<?> list) || in.isGlobal()) {
            throw foreign(in);
        }
        List<Value> constants = new ArrayList<>();
        for (Expression member : list) {
            if (!(term(member) instanceof Term.Constant(Value value))) {
                throw text.refusal("IN wants constants, not " + quoted(member));
            }
            constants.add(value);
        }
        Term found = new Comparison.OneOf(term(in.getLeftExpression()), constants);
        return in.isNot() ? not(found) : found;
    }

    private Term isNull(IsNullExpression isNull) {
        if (isNull.isUseIsNull() || isNull.isUseNotNull()) {
            throw foreign(isNull);
        }
        return new Truth.Missing(term(isNull.getLeftExpression()), !isNull.isNot());
    }

    private Term choice(CaseExpression choice) {
        Term of = choice.getSwitchExpression() == null ? null : term(choice.getSwitchExpression());
        List<Choice.When> whens = new ArrayList<>();
        for (WhenClause when : choice.getWhenClauses()) {
            Term condition = term(when.getWhenExpression());
            whens.add(new Choice.When(
                    of == null ? condition : new Comparison.Compared(Comparison.EQUAL, of, condition),
                    term(when.getThenExpression())));
        }
        return new Choice(
                whens,
                choice.getElseExpression() == null ? constant(Nothing.NOTHING) : term(choice.getElseExpression()));
    }

    private Term function(Function function) {
        List<? extends Expression> parameters =
                function.getParameters() == null ? List.of() : List.copyOf(function.getParameters());
        if (hasMoreThanArguments(function)) {
            throw foreign(function);
        }
        FunctionTable.Row row =
                placed(function, () -> language.functions().find(function.getName(), parameters.size()));
        boolean starred = parameters.size() == 1 && parameters.getFirst() instanceof AllColumns;
        boolean ofPayload = row.form() == FunctionTable.Form.OF_PAYLOAD;
        if (starred != ofPayload) {
            throw at(
                    function,
                    ofPayload
                            ? row.name() + " works on the payload; write " + row.name() + "(*)"
                            : row.name() + " takes no *");
        }
        List<Term> arguments =
                ofPayload ? List.of() : parameters.stream().map(this::term).toList();
        return placed(function, () -> row.maker().of(arguments));
    }

    /// DISTINCT, an order, a window: what shows when the call is written out with the shortest of arguments.
    private static boolean hasMoreThanArguments(Function function) {
        function.setParameters(new NullValue());
        return !function.toString().equals(function.getName() + "(NULL)");
    }

    /// Whether the fields of this function become fields of the result.
    boolean isSpreading(String function) {
        return language.functions().isSpreading(function);
    }

    private ProblemException foreign(Expression expression) {
        return at(expression, quoted(expression) + " is not part of a rule's SQL");
    }

    private String quoted(Expression expression) {
        String written = Grammar.letters(text, expression);
        String letters = written == null ? expression.getClass().getSimpleName() : written;
        return letters.length() <= MAX_QUOTED ? letters : letters.substring(0, MAX_QUOTED) + "…";
    }

    /// Adds the place to a refusal of what knows none.
    private <T> T placed(Expression expression, Supplier<T> made) {
        try {
            return made.get();
        } catch (ProblemException e) {
            throw at(expression, e.detail());
        }
    }

    private ProblemException at(Expression expression, String why) {
        Integer place = Grammar.place(expression);
        return place == null ? text.refusal(why) : text.refusalAt(place, why);
    }
}
