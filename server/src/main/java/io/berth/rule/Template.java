package io.berth.rule;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A text with `${field}` in it. A field is a name in the document, a path into it (`items.Flow.value`), or
/// one of `event.product`, `event.device`, `event.kind`, `event.topic`, `event.id` and `event.time`
/// (milliseconds).
public final class Template {
    private static final String EVENT = "event.";

    private final String text;
    private final List<Part> parts;

    private sealed interface Part {
        record Fixed(String text) implements Part {}

        record Field(String path) implements Part {}
    }

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /// INVALID_ARGUMENT when a field is not closed or has no name.
    public static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            require(close > open + 2, "\"" + text + "\" has a ${ that names no field");
            parts.add(new Part.Fixed(text.substring(from, open)));
            parts.add(new Part.Field(text.substring(open + 2, close).strip()));
            from = close + 1;
        }
        parts.add(new Part.Fixed(text.substring(from)));
        return new Template(text, parts);
    }

    public boolean isFixed() {
        return parts.stream().noneMatch(Part.Field.class::isInstance);
    }

    /// An [UnfitException] names the field that is missing.
    public String fill(Outgoing message) {
        return fill(message, UnaryOperator.identity());
    }

    /// @param guarded what each value passes before it is put in; devices choose some of them
    public String fill(Outgoing message, UnaryOperator<String> guarded) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(
                    switch (part) {
                        case Part.Fixed(String fixed) -> fixed;
                        case Part.Field(String path) -> guarded.apply(plain(required(message, path)));
                    });
        }
        return filled.toString();
    }

    /// The value at this path of the message, nothing when it has none.
    public static Value find(Outgoing message, String path) {
        return event(message, path).orElseGet(() -> at(message.document(), path));
    }

    /// A value as text: what it says, without quotes; objects and lists as JSON.
    public static String plain(Value value) {
        return value instanceof Value.Text(String text) ? text : ValueJson.write(value);
    }

    private Value required(Outgoing message, String path) {
        Value value = find(message, path);
        if (value == Value.Nothing.NOTHING) {
            throw new UnfitException("the message has no field \"" + path + "\", which \"" + text + "\" asks for");
        }
        return value;
    }

    /// A name with dots in it wins over a path: a statement may have named its result so.
    private static Value at(Value.Fields document, String path) {
        Value whole = document.get(path);
        int dot = path.indexOf('.');
        if (whole != Value.Nothing.NOTHING || dot < 0) {
            return whole;
        }
        return document.get(path.substring(0, dot)) instanceof Value.Fields inner
                ? at(inner, path.substring(dot + 1))
                : Value.Nothing.NOTHING;
    }

    private static Optional<Value> event(Outgoing message, String path) {
        if (!path.startsWith(EVENT) || message.document().fields().containsKey(path)) {
            return Optional.empty();
        }
        return switch (path.substring(EVENT.length())) {
            case "product" -> Optional.of(new Value.Text(message.event().product()));
            case "device" ->
                Optional.of(
                        message.event().device() == null
                                ? Value.Nothing.NOTHING
                                : new Value.Text(message.event().deviceName()));
            case "kind" ->
                Optional.of(new Value.Text(message.event().kind().name().toLowerCase(Locale.ROOT)));
            case "topic" -> Optional.of(new Value.Text(message.topic()));
            case "id" -> Optional.of(new Value.Whole(message.event().id()));
            case "time" -> Optional.of(new Value.Moment(message.event().time()));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
