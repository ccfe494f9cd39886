package io.berth.dialect.huawei;

import io.berth.core.Value;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.Check;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.Parameter;
import io.berth.json.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads properties and parameters, whose fields are the same but for the name (spec huawei-iotda 10). The
/// console writes null, 0 or an empty text for what its author left open.
final class ParameterReader {
    static final int MAX_LIST = 512;

    static final int MAX_NAME = 32;
    static final int MAX_UNIT = 16;

    private final Spelling spelling;

    ParameterReader(Spelling spelling) {
        this.spelling = spelling;
    }

    List<Parameter> readAll(Place paras) {
        List<Parameter> parameters = new ArrayList<>();
        for (Place para : paras.items()) {
            Place name = at(para, "para_name");
            name.expect(name.text().length() <= MAX_NAME, "has more than " + MAX_NAME + " characters");
            Parameter parameter = para.requiredObject() ? read(para, name) : null;
            if (parameter != null) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    /// Null after a fault.
    @Nullable
    Parameter read(Place at, Place name) {
        String identifier = name.requiredText();
        Place unit = at(at, "unit");
        unit.expect(unit.text().length() <= MAX_UNIT, "has more than " + MAX_UNIT + " characters");
        DataType type = type(at);
        if (type == null || identifier.isEmpty()) {
            return null;
        }
        return new Parameter(
                identifier,
                "",
                at(at, "description").text(),
                type,
                at(at, "required").flag(),
                unit.text(),
                "",
                initial(type, at(at, "default_value")));
    }

    private static @Nullable Value initial(DataType type, Place at) {
        if (at.isAbsent()) {
            return null;
        }
        Check check = Check.tolerant();
        Value initial = type.admit(at.value(), "", check);
        at.expect(initial != null, at.shown() + " " + check);
        return initial;
    }

    private @Nullable DataType type(Place at) {
        Place type = at(at, "data_type");
        return switch (type.requiredText().replace(" ", "").toLowerCase(Locale.ROOT)) {
            case "int" -> new DataType.Int(bounds(at));
            case "long" -> new DataType.Long(bounds(at));
            case "decimal" -> new DataType.Real(Precision.DECIMAL, bounds(at));
            case "string" -> new DataType.Text(maxLength(at), Measure.CHARACTERS, words(at));
            case "enum" -> new DataType.Word(words(at));
            case "boolean" -> new DataType.Flag("", "");
            case "datetime" -> new DataType.Moment();
            case "jsonobject" -> new DataType.Json();
            case "stringlist" ->
                new DataType.ListOf(new DataType.Text(maxLength(at), Measure.CHARACTERS, words(at)), MAX_LIST);
            default -> {
                type.expect(
                        type.isAbsent(),
                        type.shown() + " is no type: there are int, long, decimal, string, DateTime, jsonObject, enum,"
                                + " boolean, string list");
                yield null;
            }
        };
    }

    private Bounds bounds(Place at) {
        BigDecimal step = at(at, "step").number();
        return new Bounds(
                at(at, "min").number(), at(at, "max").number(), step == null || step.signum() == 0 ? null : step);
    }

    private int maxLength(Place at) {
        Place place = at(at, "max_length");
        BigDecimal length = place.number();
        if (length == null || length.signum() == 0) {
            return DataType.Text.UNBOUNDED;
        }
        boolean fits = length.signum() > 0
                && length.stripTrailingZeros().scale() <= 0
                && length.compareTo(BigDecimal.valueOf(DataType.Text.UNBOUNDED)) <= 0;
        return place.expect(fits, place.shown() + " is no length") ? length.intValue() : DataType.Text.UNBOUNDED;
    }

    private List<String> words(Place at) {
        return at(at, "enum_list").items().stream().map(Place::text).toList();
    }

    private Place at(Place place, String member) {
        return place.member(spelling.of(member));
    }
}
