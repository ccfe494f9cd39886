package io.berth.dialect.aliyun;

import io.berth.core.Value;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.Parameter;
import io.berth.json.Members;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes data types as TSL. A type that TSL lacks becomes one that takes every value of it as the device
/// writes it (docs/compat/thing-model.md).
final class TslTypeWriter {
    /// UTF-8 takes up to four bytes for a character.
    private static final int BYTES_OF_CHARACTER = 4;

    private static final DataType ANY_TEXT = new DataType.Text(DataType.Text.UNBOUNDED, Measure.BYTES, List.of());

    private final List<String> notes;

    TslTypeWriter(List<String> notes) {
        this.notes = notes;
    }

    Value write(Parameter parameter, String at) {
        if (!TslTypes.isNumber(parameter.type()) && !(parameter.unit() + parameter.unitName()).isEmpty()) {
            notes.add(at + ": its unit is left out, only numbers have one");
        }
        return write(parameter.type(), new Unit(parameter.unit(), parameter.unitName()), at);
    }

    private record Unit(String symbol, String name) {
        static final Unit NONE = new Unit("", "");
    }

    private Value write(DataType type, Unit unit, String at) {
        return switch (type) {
            case DataType.Int(Bounds bounds) -> number("int", bounds, unit);
            case DataType.Long(Bounds bounds) -> {
                notes.add(at + ": a whole number of 64 bits becomes double, exact up to 2^53");
                yield number("double", bounds, unit);
            }
            case DataType.Real(Precision precision, Bounds bounds) ->
                number(precision == Precision.FLOAT ? "float" : "double", bounds, unit);
            case DataType.Flag(String off, String on) ->
                type("bool", new Members().with("0", off).with("1", on).end());
            case DataType.Choice choice -> {
                Members labels = new Members();
                choice.labels().forEach((value, label) -> labels.with(value.toString(), label));
                yield type("enum", labels.end());
            }
            case DataType.Word word -> {
                notes.add(at + ": one of the words " + word.words() + " becomes any text of their length");
                yield text(word.words().stream()
                        .mapToInt(each -> each.getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElse(1));
            }
            case DataType.Text text -> text(text, at);
            case DataType.Moment _ -> type("date", Value.Fields.NONE);
            case DataType.Struct struct -> struct(struct, at);
            case DataType.ListOf(DataType item, int maxSize) -> list(item, maxSize, at);
            case DataType.Json _ -> {
                notes.add(at + ": any JSON object becomes a struct without members");
                yield type("struct", new Value.Items(List.of()));
            }
        };
    }

    private Value struct(DataType.Struct struct, String at) {
        List<Parameter> members = struct.members().stream()
                .map(member -> member.type() instanceof DataType.Json ? asText(member, at) : member)
                .toList();
        return type("struct", new Value.Items(new TslWriter(notes).parameters(members, at)));
    }

    /// For what would be a struct in a struct.
    private Parameter asText(Parameter member, String at) {
        notes.add(at + ", " + member.identifier() + ": any JSON object becomes text, a struct holds no struct");
        return member.withType(ANY_TEXT);
    }

    private static Value number(String name, Bounds bounds, Unit unit) {
        Members specs = new Members();
        bound(specs, "min", bounds.min());
        bound(specs, "max", bounds.max());
        bound(specs, "step", bounds.step());
        return type(
                name,
                specs.withUnlessEmpty("unit", unit.symbol())
                        .withUnlessEmpty("unitName", unit.name())
                        .end());
    }

    private static void bound(Members specs, String name, @Nullable BigDecimal bound) {
        if (bound != null) {
            specs.with(name, bound.toPlainString());
        }
    }

    private Value text(DataType.Text text, String at) {
        if (!text.allowed().isEmpty()) {
            notes.add(at + ": one of the words " + text.allowed() + " becomes any text");
        }
        long bytes = text.measure() == Measure.BYTES ? text.maxLength() : (long) text.maxLength() * BYTES_OF_CHARACTER;
        if (bytes > AliyunTsl.MAX_TEXT && text.maxLength() != DataType.Text.UNBOUNDED) {
            notes.add(at + ": a text of up to " + text.maxLength() + " characters becomes one of " + AliyunTsl.MAX_TEXT
                    + " bytes");
        }
        return text((int) Math.min(bytes, AliyunTsl.MAX_TEXT));
    }

    private static Value text(int bytes) {
        // no text is shorter than 1 to the vendor
        String length = Integer.toString(Math.max(1, bytes));
        return type("text", new Members().with("length", length).end());
    }

    /// Items are int, float, double, text or struct (spec aliyun-device 7).
    private Value list(DataType item, int maxSize, String at) {
        DataType allowed = switch (item) {
            case DataType.Flag _, DataType.Choice _ -> {
                notes.add(at + ": items of a few whole numbers become items of any");
                yield new DataType.Int(Bounds.NONE);
            }
            case DataType.Moment _ -> {
                notes.add(at + ": items that are times become items of text");
                yield ANY_TEXT;
            }
            case DataType.Int _,
                    DataType.Long _,
                    DataType.Real _,
                    DataType.Word _,
                    DataType.Text _,
                    DataType.Struct _,
                    DataType.ListOf _,
                    DataType.Json _ -> item;
        };
        return type(
                "array",
                new Members()
                        .with("size", Integer.toString(maxSize))
                        .with("item", write(allowed, Unit.NONE, at))
                        .end());
    }

    private static Value type(String name, Value specs) {
        return new Members().with("type", name).with("specs", specs).end();
    }
}
