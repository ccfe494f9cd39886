package io.berth.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// A place in a body: how it is named to whoever wrote it, and what belongs there.
///
/// @param name `actions[0].policy`, empty for the body itself
/// @param type null where the form of the body leaves it open
record Spot(String name, @Nullable Type type) {
    /// Where the reader of a body was when it failed.
    static Spot of(JacksonException fault, Class<? extends Record> body) {
        return at(fault.getPath(), body);
    }

    /// What holds the place where it failed.
    static Spot around(JacksonException fault, Class<? extends Record> body) {
        return at(fault.getPath().subList(0, Math.max(0, fault.getPath().size() - 1)), body);
    }

    private static Spot at(List<JacksonException.Reference> path, Class<? extends Record> body) {
        Spot spot = new Spot("", body);
        for (JacksonException.Reference step : path) {
            spot = step.getPropertyName() == null ? spot.item(step.getIndex()) : spot.member(step.getPropertyName());
        }
        return spot;
    }

    private Spot item(int index) {
        return new Spot(name + "[" + index + "]", argument(0));
    }

    private Spot member(String member) {
        return new Spot(name.isEmpty() ? member : name + "." + member, memberType(member));
    }

    private @Nullable Type memberType(String member) {
        Class<?> holder = raw();
        if (holder != null && holder.isRecord()) {
            return Shape.of(holder).members().stream()
                    .filter(known -> known.name().equals(member))
                    .<Type>map(Shape.Member::genericType)
                    .findFirst()
                    .orElse(null);
        }
        return argument(1);
    }

    private @Nullable Type argument(int index) {
        return type instanceof ParameterizedType made && made.getActualTypeArguments().length > index
                ? made.getActualTypeArguments()[index]
                : null;
    }

    private @Nullable Class<?> raw() {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType made -> (Class<?>) made.getRawType();
            case null, default -> null;
        };
    }

    /// What may stand here, `one of message, property, event`; empty where anything may.
    Optional<String> wanted() {
        return Optional.ofNullable(raw()).map(Spot::said);
    }

    private static String said(Class<?> wanted) {
        if (wanted.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(wanted.getEnumConstants())
                                    .map(constant -> Words.of((Enum<?>) constant))
                                    .toList());
        }
        if (wanted == String.class) {
            return "a string";
        }
        if (wanted == Instant.class) {
            return "a time like 2026-01-02T03:04:05Z";
        }
        if (wanted == ObjectNode.class || wanted.isRecord() || Map.class.isAssignableFrom(wanted)) {
            return "an object";
        }
        if (wanted == List.class) {
            return "a list";
        }
        return wanted == Boolean.class || wanted == boolean.class ? "true or false" : "a whole number";
    }
}
