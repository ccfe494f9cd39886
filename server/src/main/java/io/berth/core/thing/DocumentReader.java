package io.berth.core.thing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes one branch of a document apart. What is left out has its usual value; what is of another kind than
/// expected is MODEL_INVALID.
record DocumentReader(Value.Fields members) {
    String text(String name) {
        return switch (members.get(name)) {
            case Value.Nothing _ -> "";
            case Value.Text(String text) -> text;
            default -> throw invalid(name, "is no text");
        };
    }

    boolean flag(String name) {
        return switch (members.get(name)) {
            case Value.Nothing _ -> false;
            case Value.Flag(boolean on) -> on;
            default -> throw invalid(name, "is neither true nor false");
        };
    }

    int whole(String name) {
        if (members.get(name) instanceof Value.Whole(long number) && number == (int) number) {
            return (int) number;
        }
        throw invalid(name, "is no whole number of 32 bits");
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
        String word = text(name);
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw invalid(name, "is a word this version does not know: \"" + word + "\"");
    }

    @Nullable
    BigDecimal number(String name) {
        String digits = text(name);
        try {
            return digits.isEmpty() ? null : new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw invalid(name, "is no number");
        }
    }

    <T> List<T> list(String name, Function<DocumentReader, T> reader) {
        return items(name).stream()
                .map(item -> reader.apply(branch(name, item)))
                .toList();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Value item : items(name)) {
            if (!(item instanceof Value.Text(String text))) {
                throw invalid(name, "holds something else than texts");
            }
            texts.add(text);
        }
        return texts;
    }

    DocumentReader branch(String name) {
        return branch(name, members.get(name));
    }

    /// Null when it is left out.
    @Nullable
    Value value(String name) {
        return members.fields().get(name);
    }

    private List<Value> items(String name) {
        return switch (members.get(name)) {
            case Value.Nothing _ -> List.of();
            case Value.Items(List<Value> items) -> items;
            default -> throw invalid(name, "is no list");
        };
    }

    private static DocumentReader branch(String name, Value value) {
        if (value instanceof Value.Fields fields) {
            return new DocumentReader(fields);
        }
        throw invalid(name, "is no object");
    }

    static ProblemException invalid(String name, String detail) {
        return new ProblemException(Problem.MODEL_INVALID, "\"" + name + "\" of the thing model " + detail);
    }
}
