package io.berth.rule.sql;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.ArrayList;
import java.util.List;

/// Where in the document a value stands: `items.Temp.value`, `services[0].properties`. A leading `$.` is the
/// document itself; a leading `.` asks for the value in an array of its own, the vendor's form for
/// destinations that want arrays.
///
/// @param text without quotation marks: the name of the field in the result when no other is given
record Path(String text, List<Step> steps, boolean inArray) implements Term {
    private static final int MAX_INDEX = 99_999;

    sealed interface Step {
        /// The value there, nothing where there is none.
        Value in(Value value);

        record Member(String name) implements Step {
            @Override
            public Value in(Value value) {
                return value instanceof Value.Fields fields ? fields.get(name) : Nothing.NOTHING;
            }
        }

        record Element(int index) implements Step {
            @Override
            public Value in(Value value) {
                return value instanceof Value.Items(List<Value> items) && index < items.size()
                        ? items.get(index)
                        : Nothing.NOTHING;
            }
        }
    }

    Path {
        steps = List.copyOf(steps);
    }

    static Path parse(String quoted) {
        String text = quoted.replace("\"", "").strip();
        boolean inArray = text.startsWith(".");
        String rest = inArray ? text.substring(1) : text.startsWith("$.") ? text.substring(2) : text;
        List<Step> steps = new ArrayList<>();
        for (String level : rest.split("\\.", -1)) {
            level(level.strip(), steps, text);
        }
        return new Path(text, steps, inArray);
    }

    /// `name`, `name[0]`, `name[0][1]`; at the very beginning also `[0]`, for documents that are arrays.
    private static void level(String level, List<Step> steps, String path) {
        int bracket = level.indexOf('[');
        String name = (bracket < 0 ? level : level.substring(0, bracket)).strip();
        require(!name.isEmpty() || (bracket == 0 && steps.isEmpty()), path + ": a path has no empty level");
        if (!name.isEmpty()) {
            steps.add(new Step.Member(name));
        }
        int open = bracket;
        while (open >= 0 && open < level.length()) {
            int close = level.indexOf(']', open);
            require(level.charAt(open) == '[' && close > open, path + ": nothing follows an index but a . or an index");
            steps.add(new Step.Element(index(level.substring(open + 1, close).strip(), path)));
            open = close + 1;
        }
    }

    private static int index(String digits, String path) {
        boolean fits = Numbers.parse(digits) instanceof Value.Whole(long index) && index >= 0 && index <= MAX_INDEX;
        require(fits, path + ": an index is a whole number from 0 to " + MAX_INDEX);
        return Integer.parseInt(digits);
    }

    @Override
    public Value over(Run run) {
        Value value = in(run.message().document());
        return inArray && value != Nothing.NOTHING ? new Value.Items(List.of(value)) : value;
    }

    /// The value there, nothing where the document does not reach so far.
    Value in(Value document) {
        Value value = document;
        for (int i = 0; i < steps.size(); i++) {
            value = steps.get(i).in(value);
        }
        return value;
    }
}
