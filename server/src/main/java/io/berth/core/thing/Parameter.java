package io.berth.core.thing;

import io.berth.core.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A named value: a property, an output of an event, an input or output of a service, a member of a struct.
///
/// @param identifier what the wire calls it, unique among its neighbours
/// @param name what people call it, empty when nobody said
/// @param unit the symbol of the unit, empty when there is none
/// @param unitName its name, empty when nobody said
/// @param initial the value a thing starts with, null when it has none
public record Parameter(
        String identifier,
        String name,
        String description,
        DataType type,
        boolean required,
        String unit,
        String unitName,
        @Nullable Value initial) {
    /// A parameter with nothing but a name and a type.
    public static Parameter of(String identifier, DataType type) {
        return new Parameter(identifier, identifier, "", type, false, "", "", null);
    }

    public Parameter withType(DataType changed) {
        return new Parameter(identifier, name, description, changed, required, unit, unitName, initial);
    }

    /// Admits each value by the parameter of its name; null when one does not fit or is unknown.
    static Value.@Nullable Fields admitAll(
            List<Parameter> parameters, Violation.Kind unknown, Value.Fields given, String path, Check check) {
        SequencedMap<String, Value> admitted = new LinkedHashMap<>();
        boolean fits = true;
        for (var field : given.fields().sequencedEntrySet()) {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Parameter parameter = find(parameters, field.getKey());
            Value value = parameter == null
                    ? check.refuse(unknown, null, at, "is not in the thing model")
                    : parameter.type().admit(field.getValue(), at, check);
            if (value == null) {
                fits = false;
            } else {
                admitted.put(field.getKey(), value);
            }
        }
        return fits ? new Value.Fields(admitted) : null;
    }

    /// The same, and nothing that is required may be missing.
    static Value.@Nullable Fields admitWhole(List<Parameter> parameters, Value.Fields given, String path, Check check) {
        Value.Fields admitted = admitAll(parameters, Violation.Kind.UNKNOWN_MEMBER, given, path, check);
        for (Parameter parameter : parameters) {
            if (parameter.required() && !given.fields().containsKey(parameter.identifier())) {
                check.refuse(Violation.Kind.MISSING, parameter.type(), parameter.identifier(), "is missing");
                admitted = null;
            }
        }
        return admitted;
    }

    private static @Nullable Parameter find(List<Parameter> parameters, String identifier) {
        for (Parameter parameter : parameters) {
            if (parameter.identifier().equals(identifier)) {
                return parameter;
            }
        }
        return null;
    }
}
