package io.berth.dialect.aliyun;

import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.json.Place;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads `{"type":"int","specs":{"min":"0",…}}` (spec aliyun-device 7). Numbers in specs are texts; people who
/// write a TSL by hand forget the quotes.
final class TslTypes {
    private static final int MAX_ITEMS = 512;

    private TslTypes() {}

    /// The type, null after a fault.
    static @Nullable DataType read(Place at) {
        if (!at.requiredObject()) {
            return null;
        }
        Place type = at.member("type");
        Place specs = at.member("specs");
        return switch (type.requiredText()) {
            case "int" -> new DataType.Int(bounds(specs));
            case "float" -> new DataType.Real(Precision.FLOAT, bounds(specs));
            case "double" -> new DataType.Real(Precision.DOUBLE, bounds(specs));
            case "bool" ->
                new DataType.Flag(specs.member("0").text(), specs.member("1").text());
            case "enum" -> choice(specs);
            case "text" -> text(specs);
            case "date" -> new DataType.Moment();
            case "struct" -> new DataType.Struct(TslReader.parameters(specs));
            case "array" -> list(specs);
            default -> {
                type.expect(
                        type.isAbsent(),
                        type.shown()
                                + " is no type: there are int, float, double, bool, enum, text, date, struct, array");
                yield null;
            }
        };
    }

    static boolean isNumber(DataType type) {
        return type instanceof DataType.Int || type instanceof DataType.Long || type instanceof DataType.Real;
    }

    private static Bounds bounds(Place specs) {
        specs.names();
        return new Bounds(
                specs.member("min").number(),
                specs.member("max").number(),
                specs.member("step").number());
    }

    private static DataType choice(Place specs) {
        SequencedMap<Integer, String> labels = new LinkedHashMap<>();
        for (String key : specs.names()) {
            Place label = specs.member(key);
            try {
                labels.put(Integer.valueOf(key), label.text());
            } catch (NumberFormatException e) {
                label.fault("the name of a choice is a whole number");
            }
        }
        return new DataType.Choice(labels);
    }

    private static DataType text(Place specs) {
        specs.names();
        int length = whole(specs.member("length"), AliyunTsl.MAX_TEXT);
        return new DataType.Text(length, Measure.BYTES, List.of());
    }

    private static @Nullable DataType list(Place specs) {
        if (!specs.requiredObject()) {
            return null;
        }
        Place size = specs.member("size");
        size.expect(!size.isAbsent(), "is missing");
        DataType item = read(specs.member("item"));
        return item == null ? null : new DataType.ListOf(item, whole(size, MAX_ITEMS));
    }

    /// From 1 to `max`, which stands when it is absent.
    private static int whole(Place at, int max) {
        BigDecimal number = at.number();
        if (number == null) {
            return max;
        }
        boolean fits = number.stripTrailingZeros().scale() <= 0
                && number.signum() > 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0;
        return at.expect(fits, at.shown() + " is no whole number from 1 to " + max) ? number.intValue() : max;
    }
}
