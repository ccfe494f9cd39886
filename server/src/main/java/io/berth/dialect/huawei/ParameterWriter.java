package io.berth.dialect.huawei;

import io.berth.core.Value;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.Calendar;
import io.berth.core.thing.Check;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.Parameter;
import io.berth.json.Members;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes properties and parameters. A type that Huawei lacks becomes one that takes every value of it as the
/// device writes it (docs/compat/thing-model.md).
final class ParameterWriter {

    private final Spelling spelling;
    private final List<String> notes;

    ParameterWriter(Spelling spelling, List<String> notes) {
        this.spelling = spelling;
        this.notes = notes;
    }

    List<Value> writeAll(List<Parameter> parameters, String where) {
        return parameters.stream()
                .<Value>map(each -> {
                    String at = where + ", " + each.identifier();
                    if (each.identifier().length() > ParameterReader.MAX_NAME) {
                        notes.add(at + ": the vendor's parameter names have at most " + ParameterReader.MAX_NAME
                                + " letters");
                    }
                    return write(new Members().with(spelling.of("para_name"), each.identifier()), each, at)
                            .end();
                })
                .toList();
    }

    Members write(Members to, Parameter parameter, String at) {
        boolean isNameDescription = parameter.description().isEmpty();
        boolean isNamed = !parameter.name().isEmpty() && !parameter.name().equals(parameter.identifier());
        if (isNamed && !isNameDescription) {
            notes.add(at + ": its name " + parameter.name() + " is left out");
        }
        type(to, parameter.type(), at).with("required", parameter.required());
        unit(to, parameter, at);
        to.withUnlessEmpty(
                "description", isNameDescription ? isNamed ? parameter.name() : "" : parameter.description());
        initial(to, parameter, at);
        return to;
    }

    private void initial(Members to, Parameter parameter, String at) {
        Value initial =
                parameter.initial() == null ? null : parameter.type().admit(parameter.initial(), "", Check.tolerant());
        switch (initial) {
            case null -> {}
            case Value.Items _
            when isJsonObject(parameter.type()) -> notes.add(at + ": the list it starts with is left out");
            case Value.Moment(Instant time) -> to.with(spelling.of("default_value"), Calendar.text(time));
            default -> to.with(spelling.of("default_value"), initial);
        }
    }

    private static boolean isJsonObject(DataType type) {
        return type instanceof DataType.ListOf list
                && !(list.item() instanceof DataType.Text)
                && !(list.item() instanceof DataType.Word);
    }

    private void unit(Members to, Parameter parameter, String at) {
        if (!parameter.unitName().isEmpty()) {
            notes.add(at + ": the name of its unit, " + parameter.unitName() + ", is left out");
        }
        if (parameter.unit().length() > ParameterReader.MAX_UNIT) {
            notes.add(at + ": its unit " + parameter.unit() + " is left out, it has more than "
                    + ParameterReader.MAX_UNIT + " letters");
        } else {
            to.withUnlessEmpty("unit", parameter.unit());
        }
    }

    private Members type(Members to, DataType type, String at) {
        return switch (type) {
            case DataType.Int(Bounds bounds) -> number(to, "int", bounds);
            case DataType.Long(Bounds bounds) -> number(to, "long", bounds);
            case DataType.Real(var _, Bounds bounds) -> number(to, "decimal", bounds);
            case DataType.Flag flag -> {
                if (!flag.off().isEmpty() || !flag.on().isEmpty()) {
                    notes.add(at + ": what 0 and 1 are called (" + flag.off() + ", " + flag.on() + ") is left out");
                }
                yield named(to, "boolean");
            }
            case DataType.Choice choice -> choice(to, choice, at);
            case DataType.Word word -> named(to, "enum").with(spelling.of("enum_list"), texts(word.words()));
            case DataType.Text text -> text(to, "string", text);
            case DataType.Moment _ -> named(to, "DateTime");
            case DataType.Struct struct -> {
                notes.add(at + ": a struct of "
                        + struct.members().stream().map(Parameter::identifier).toList() + " becomes any jsonObject");
                yield named(to, "jsonObject");
            }
            case DataType.ListOf list -> list(to, list, at);
            case DataType.Json _ -> named(to, "jsonObject");
        };
    }

    /// Devices send the numbers of a choice, which a list of words would not take.
    private Members choice(Members to, DataType.Choice choice, String at) {
        int min = choice.labels().keySet().stream().min(Integer::compare).orElse(0);
        int max = choice.labels().keySet().stream().max(Integer::compare).orElse(0);
        notes.add(at + ": the choice " + choice.labels() + " becomes any int from " + min + " to " + max);
        return number(to, "int", Bounds.of(min, max));
    }

    private Members list(Members to, DataType.ListOf list, String at) {
        if (list.item() instanceof DataType.Text text) {
            return texts(to, text, list, at);
        }
        if (list.item() instanceof DataType.Word word) {
            return texts(to, new DataType.Text(DataType.Text.UNBOUNDED, Measure.CHARACTERS, word.words()), list, at);
        }
        notes.add(at + ": a list of anything but text becomes jsonObject, which takes no list on import");
        return named(to, "jsonObject");
    }

    private Members texts(Members to, DataType.Text item, DataType.ListOf list, String at) {
        if (list.maxSize() != ParameterReader.MAX_LIST) {
            notes.add(at + ": that the list has at most " + list.maxSize() + " items is left out");
        }
        return text(to, "string list", item);
    }

    private Members text(Members to, String name, DataType.Text text) {
        named(to, name);
        if (text.maxLength() != DataType.Text.UNBOUNDED) {
            to.with(spelling.of("max_length"), new Value.Whole(text.maxLength()));
        }
        return text.allowed().isEmpty() ? to : to.with(spelling.of("enum_list"), texts(text.allowed()));
    }

    private Members number(Members to, String name, Bounds bounds) {
        named(to, name);
        bound(to, "min", bounds.min());
        bound(to, "max", bounds.max());
        if (bounds.step() != null) {
            to.with("step", new Value.Decimal(bounds.step().doubleValue()));
        }
        return to;
    }

    private static void bound(Members to, String name, @Nullable BigDecimal bound) {
        if (bound != null) {
            to.with(name, bound.toPlainString());
        }
    }

    private Members named(Members to, String name) {
        return to.with(spelling.of("data_type"), name);
    }

    private static List<Value> texts(List<String> words) {
        return words.stream().<Value>map(Value.Text::new).toList();
    }
}
