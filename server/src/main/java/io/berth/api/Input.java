package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Reads the input of a route, a record, from a JSON body or from the query. INVALID_ARGUMENT names the
/// member at fault.
final class Input {
    private Input() {}

    static <I extends Record> I fromJson(byte[] body, Class<I> type) {
        return read(body.length == 0 ? new byte[] {'{', '}'} : body, type);
    }

    static <I extends Record> I fromQuery(Map<String, List<String>> query, Class<I> type) {
        Shape shape = Shape.of(type);
        Map<String, Object> values = new LinkedHashMap<>();
        query.forEach((name, given) -> {
            Shape.Member member = shape.members().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> invalid(shape.unknown(name)));
            ProblemException.require(given.size() == 1, "\"" + name + "\" is given twice");
            values.put(name, scalar(name, given.getFirst(), member.type()));
        });
        return read(Json.write(values), type);
    }

    /// The text of a query value as the JSON value its member wants.
    private static Object scalar(String name, String text, Class<?> type) {
        if (type == Integer.class || type == Long.class) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new ProblemException(
                        Problem.INVALID_ARGUMENT, "\"" + name + "\" must be a whole number, not \"" + text + "\"", e);
            }
        }
        if (type == Boolean.class) {
            ProblemException.require(
                    text.equals("true") || text.equals("false"), "\"" + name + "\" must be true or false");
            return Boolean.valueOf(text);
        }
        return text;
    }

    private static <I extends Record> I read(byte[] json, Class<I> type) {
        try {
            @Nullable I value = Json.read(json, type);
            if (value == null) {
                throw invalid("the body must be one JSON object");
            }
            return Shape.of(type).complete(value);
        } catch (UnrecognizedPropertyException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, unknown(e, type), e);
        } catch (DatabindException | InputCoercionException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, wrongType(e, type), e);
        } catch (JacksonException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "the body is not well-formed JSON", e);
        }
    }

    private static String unknown(UnrecognizedPropertyException e, Class<? extends Record> type) {
        Spot around = Spot.around(e, type);
        String fault = Shape.of(e.getReferringClass()).unknown(e.getPropertyName());
        return around.name().isEmpty() ? fault : "\"" + around.name() + "\": " + fault;
    }

    private static String wrongType(JacksonException e, Class<? extends Record> type) {
        if (e.getPath().isEmpty()) {
            return "the body must be one JSON object";
        }
        Spot spot = Spot.of(e, type);
        return spot.wanted()
                .map(wanted -> "\"" + spot.name() + "\" must be " + wanted)
                .orElse("the body does not have the form of this request");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_ARGUMENT, detail);
    }
}
