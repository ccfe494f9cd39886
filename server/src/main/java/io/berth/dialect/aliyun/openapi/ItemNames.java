package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The names of the items of lists: XML always has them, while some answers leave them out in JSON (spec
/// aliyun-openapi 1.2), and an SDK that finds the other form sees an empty list.
final class ItemNames {
    private ItemNames() {}

    /// `{"Data":{"TagInfo":[…]}}` as `{"Data":[…]}`.
    static Value.Fields hidden(Value.Fields answer) {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        answer.fields().forEach((name, value) -> members.put(name, bare(value)));
        return new Value.Fields(members);
    }

    private static Value bare(Value value) {
        return switch (value) {
            case Value.Fields fields
            when fields.fields().size() == 1
                    && fields.fields().sequencedValues().getFirst() instanceof Value.Items items -> bare(items);
            case Value.Fields fields -> hidden(fields);
            case Value.Items(var items) ->
                new Value.Items(items.stream().map(ItemNames::bare).toList());
            default -> value;
        };
    }
}
