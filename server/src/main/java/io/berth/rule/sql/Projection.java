package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a statement selects.
record Projection(List<Item> items) {
    static final Projection EVERYTHING = new Projection(List.of(new Item.All()));

    sealed interface Item {
        /// `*`
        record All() implements Item {}

        record Named(String name, Term term) implements Item {}

        /// Fields of a value that become fields of the result.
        record Spread(Term term) implements Item {}
    }

    Projection {
        items = List.copyOf(items);
    }

    SqlResult over(Run run) {
        if (isEverything()) {
            return SqlResult.Unchanged.UNCHANGED;
        }
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (Item item : items) {
            switch (item) {
                case Item.All _ -> putAll(run.message().document(), fields);
                case Item.Spread(Term term) -> putAll(term.over(run), fields);
                case Item.Named(String name, Term term) -> {
                    Value value = term.over(run);
                    if (value != Nothing.NOTHING) {
                        fields.put(name, value);
                    }
                }
            }
        }
        return new SqlResult.Matched(new Value.Fields(fields));
    }

    private boolean isEverything() {
        return items.size() == 1 && items.getFirst() instanceof Item.All;
    }

    private static void putAll(Value value, SequencedMap<String, Value> fields) {
        switch (value) {
            case Value.Fields some -> fields.putAll(some.fields());
            case Nothing _ -> throw new SqlFault("a payload that is no JSON goes on only by SELECT * alone");
            default -> throw new SqlFault("* beside other fields wants a JSON object, not " + Texts.shown(value));
        }
    }
}
