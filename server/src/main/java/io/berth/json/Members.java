package io.berth.json;

import io.berth.core.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The members of a JSON object that is being written, in their order.
public final class Members {
    private final SequencedMap<String, Value> members = new LinkedHashMap<>();

    public Members with(String name, Value value) {
        members.put(name, value);
        return this;
    }

    public Members with(String name, String text) {
        return with(name, new Value.Text(text));
    }

    public Members with(String name, long number) {
        return with(name, new Value.Whole(number));
    }

    public Members with(String name, boolean on) {
        return with(name, new Value.Flag(on));
    }

    public Members with(String name, List<? extends Value> items) {
        return with(name, new Value.Items(List.copyOf(items)));
    }

    /// Leaves out a text that says nothing.
    public Members withUnlessEmpty(String name, String text) {
        return text.isEmpty() ? this : with(name, text);
    }

    public Value.Fields end() {
        return new Value.Fields(members);
    }
}
