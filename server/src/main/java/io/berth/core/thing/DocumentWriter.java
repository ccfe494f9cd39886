package io.berth.core.thing;

import io.berth.core.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts the members of one branch of a document together, leaving out what has its usual value.
final class DocumentWriter {
    private final SequencedMap<String, Value> members = new LinkedHashMap<>();

    DocumentWriter text(String name, String text) {
        return text.isEmpty() ? this : put(name, new Value.Text(text));
    }

    DocumentWriter flag(String name, boolean on) {
        return on ? put(name, new Value.Flag(true)) : this;
    }

    DocumentWriter whole(String name, long number) {
        return put(name, new Value.Whole(number));
    }

    DocumentWriter word(String name, Enum<?> word) {
        return put(name, new Value.Text(word.name().toLowerCase(Locale.ROOT)));
    }

    /// Digits in a text: neither a long nor a double holds every bound.
    DocumentWriter number(String name, @Nullable BigDecimal number) {
        return number == null ? this : put(name, new Value.Text(number.toString()));
    }

    <T> DocumentWriter list(String name, List<T> items, Function<T, Value> writer) {
        return items.isEmpty()
                ? this
                : put(name, new Value.Items(items.stream().map(writer).toList()));
    }

    DocumentWriter put(String name, @Nullable Value value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    Value.Fields fields() {
        return new Value.Fields(members);
    }
}
