package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads the members of a batch's document; INVALID_ARGUMENT names the one at fault.
record Document(Value.Fields fields) {
    /// The document as one target sees it: what it brings itself comes first.
    Document with(Value.Fields own) {
        if (own.isEmpty()) {
            return this;
        }
        SequencedMap<String, Value> all = new LinkedHashMap<>(fields.fields());
        all.putAll(own.fields());
        return new Document(new Value.Fields(all));
    }

    @Nullable
    String text(String name) {
        return switch (fields.get(name)) {
            case Value.Text(String text) -> text;
            case Value.Nothing _ -> null;
            default -> throw wrong(name, "a text");
        };
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    String demandText(String name) {
        String text = text(name);
        require(text != null && !text.isEmpty(), "the document lacks \"" + name + "\"");
        return String.valueOf(text);
    }

    long whole(String name) {
        return whole(name, 0);
    }

    long whole(String name, long otherwise) {
        return switch (fields.get(name)) {
            case Value.Whole(long number) -> number;
            case Value.Nothing _ -> otherwise;
            default -> throw wrong(name, "a whole number");
        };
    }

    @Nullable
    Boolean flag(String name) {
        return switch (fields.get(name)) {
            case Value.Flag(boolean on) -> on;
            case Value.Nothing _ -> null;
            default -> throw wrong(name, "true or false");
        };
    }

    /// Whole seconds.
    Duration seconds(String name, Duration otherwise) {
        return Duration.ofSeconds(whole(name, otherwise.toSeconds()));
    }

    Value.Fields object(String name) {
        return switch (fields.get(name)) {
            case Value.Fields object -> object;
            case Value.Nothing _ -> Value.Fields.NONE;
            default -> throw wrong(name, "an object");
        };
    }

    private static ProblemException wrong(String name, String wanted) {
        return new ProblemException(Problem.INVALID_ARGUMENT, "\"" + name + "\" of the document must be " + wanted);
    }
}
