package io.berth.rule.scene;

import io.berth.core.Value;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Parameter;
import java.util.List;
import java.util.Optional;

/// Names a value by its key, and where that is a structure, one inside it: `Temp`, `lamp:Colour.red`.
///
/// @param key of a property in its thing model, or of an output of an event
record ValuePath(String key, List<String> members) {
    ValuePath {
        members = List.copyOf(members);
    }

    static ValuePath of(String text) {
        List<String> parts = List.of(text.split("\\.", -1));
        return new ValuePath(parts.getFirst(), parts.subList(1, parts.size()));
    }

    /// The value inside the one of the key; nothing where there is none.
    Value in(Value value) {
        Value inner = value;
        for (String member : members) {
            inner = inner instanceof Value.Fields fields ? fields.get(member) : Value.Nothing.NOTHING;
        }
        return inner;
    }

    /// The type of the value, by the type of the key's.
    Optional<DataType> in(DataType type) {
        Optional<DataType> inner = Optional.of(type);
        for (String member : members) {
            inner = inner.flatMap(outer -> member(outer, member));
        }
        return inner;
    }

    private static Optional<DataType> member(DataType type, String name) {
        return type instanceof DataType.Struct(List<Parameter> parameters)
                ? parameters.stream()
                        .filter(parameter -> parameter.identifier().equals(name))
                        .map(Parameter::type)
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public String toString() {
        return members.isEmpty() ? key : key + "." + String.join(".", members);
    }
}
