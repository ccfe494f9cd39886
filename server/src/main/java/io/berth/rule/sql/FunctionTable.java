package io.berth.rule.sql;

import io.berth.core.NearName;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The functions of a dialect, one row each. Names are found whatever their case.
final class FunctionTable {
    /// What a function makes of values, none of which is nothing.
    @FunctionalInterface
    interface Call {
        Value of(Run run, List<Value> given);
    }

    /// What a function makes of its arguments before any message is there.
    @FunctionalInterface
    interface Maker {
        Term of(List<Term> arguments);
    }

    /// How a call is written.
    enum Form {
        /// `name(a, b)`
        PLAIN,
        /// `name(*)`: works on the payload.
        OF_PAYLOAD,
        /// `name(a, b)` whose fields become fields of the result.
        SPREADING
    }

    record Row(String name, Form form, int least, int most, Maker maker) {}

    private final Map<String, Row> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /// A function that answers nothing as soon as one of its arguments is nothing.
    FunctionTable on(String name, int arguments, Call call) {
        return on(name, arguments, arguments, call);
    }

    FunctionTable on(String name, int least, int most, Call call) {
        return made(name, least, most, arguments -> strict(name, arguments, call));
    }

    /// A function that looks at its arguments once, or at each in its own way.
    FunctionTable made(String name, int least, int most, Maker maker) {
        return row(new Row(name, Form.PLAIN, least, most, maker));
    }

    FunctionTable ofPayload(String name, Term term) {
        return row(new Row(name, Form.OF_PAYLOAD, 1, 1, _ -> term));
    }

    FunctionTable spreading(String name, int most, Maker maker) {
        return row(new Row(name, Form.SPREADING, 0, most, maker));
    }

    private FunctionTable row(Row row) {
        rows.put(row.name, row);
        return this;
    }

    boolean isSpreading(String name) {
        Row row = rows.get(name);
        return row != null && row.form == Form.SPREADING;
    }

    /// The row of a call; refuses an unknown name, with the near one, and a wrong number of arguments.
    Row find(String name, int arguments) {
        Row row = rows.get(name);
        if (row == null) {
            throw refusal("there is no function " + name
                    + rows.keySet().stream()
                            .filter(known -> NearName.isNear(name, known))
                            .findFirst()
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        if (arguments < row.least || arguments > row.most) {
            throw refusal(row.name + " has " + bounds(row) + ", not " + arguments);
        }
        return row;
    }

    private static String bounds(Row row) {
        String last = row.most == 1 ? "1 argument" : row.most + " arguments";
        return row.least == row.most ? last : row.least + " to " + last;
    }

    static ProblemException refusal(String detail) {
        return new ProblemException(Problem.INVALID_ARGUMENT, detail);
    }

    /// An argument that must be a text in the statement itself.
    static String constant(String function, Term argument) {
        if (argument instanceof Term.Constant(Value.Text(String text))) {
            return text;
        }
        throw refusal(function + " wants a text in single quotation marks here");
    }

    static Term strict(String name, List<Term> arguments, Call call) {
        return new Strict(name, List.copyOf(arguments), call);
    }

    private record Strict(String name, List<Term> arguments, Call call) implements Term {
        @Override
        public Value over(Run run) {
            Value[] given = new Value[arguments.size()];
            for (int i = 0; i < given.length; i++) {
                given[i] = arguments.get(i).over(run);
                if (given[i] == Nothing.NOTHING) {
                    return Nothing.NOTHING;
                }
            }
            try {
                return call.of(run, List.of(given));
            } catch (SqlFault fault) {
                throw new SqlFault(name + ": " + fault.detail());
            }
        }
    }
}
