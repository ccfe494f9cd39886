package io.berth.json;

import io.berth.core.Payload;
import io.berth.core.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Values as JSON. Whole numbers beyond 64 bits become decimals; a moment is written as milliseconds since
/// 1970.
public final class ValueJson {
    private static final JsonFactory STRICT = JsonFactory.builder()
            // names come from devices: never kept beyond the bounded table of the factory
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();
    private static final JsonFactory LENIENT =
            STRICT.rebuild().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    private ValueJson() {}

    /// A parser for whoever reads an envelope member by member; [#read(JsonParser)] reads the values in it.
    /// Devices leave a comma before a closing brace (spec aliyun-device R7).
    public static JsonParser open(Payload payload) {
        return LENIENT.createParser(ObjectReadContext.empty(), payload.toBytes());
    }

    /// The payload when it is one strict JSON value.
    public static Optional<Value> read(Payload payload) {
        try (JsonParser json = STRICT.createParser(ObjectReadContext.empty(), payload.toBytes())) {
            if (json.nextToken() == null) {
                return Optional.empty();
            }
            Value value = read(json);
            return json.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JacksonException | io.berth.core.ProblemException e) {
            return Optional.empty();
        }
    }

    /// Whether the payload is one strict JSON value; builds none.
    public static boolean isWellFormed(Payload payload) {
        try (JsonParser json = STRICT.createParser(ObjectReadContext.empty(), payload.toBytes())) {
            if (json.nextToken() == null) {
                return false;
            }
            json.skipChildren();
            return json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /// The payload when it is one strict JSON object.
    public static Optional<Value.Fields> readFields(Payload payload) {
        return read(payload).filter(Value.Fields.class::isInstance).map(Value.Fields.class::cast);
    }

    /// The value the parser stands at; leaves it at the value's last token. Throws a JacksonException when it
    /// is malformed.
    public static Value read(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new Value.Text(json.getString());
            case VALUE_NUMBER_INT -> whole(json);
            case VALUE_NUMBER_FLOAT -> decimal(json);
            case VALUE_TRUE -> new Value.Flag(true);
            case VALUE_FALSE -> new Value.Flag(false);
            case VALUE_NULL -> Value.Nothing.NOTHING;
            case START_OBJECT -> fields(json);
            case START_ARRAY -> items(json);
            default -> throw new IllegalStateException("no value begins with " + json.currentToken());
        };
    }

    public static String write(Value value) {
        StringBuilder out = new StringBuilder(64);
        write(value, out);
        return out.toString();
    }

    public static void write(Value value, StringBuilder out) {
        write(value, ValueJson::scalar, out);
    }

    /// How a wire writes a value without others in it.
    @FunctionalInterface
    public interface Scalars {
        void write(Value.Scalar value, StringBuilder out);
    }

    /// Lists and objects are JSON's on every wire.
    public static void write(Value value, Scalars scalars, StringBuilder out) {
        switch (value) {
            case Value.Scalar scalar -> scalars.write(scalar, out);
            case Value.Items(List<Value> items) -> {
                char before = '[';
                for (Value item : items) {
                    out.append(before);
                    write(item, scalars, out);
                    before = ',';
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                char before = '{';
                for (var field : fields.entrySet()) {
                    out.append(before);
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), scalars, out);
                    before = ',';
                }
                out.append(fields.isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void scalar(Value.Scalar value, StringBuilder out) {
        switch (value) {
            case Value.Whole(long number) -> out.append(number);
            case Value.Decimal(double number) -> out.append(number(number));
            case Value.Text(String text) -> quote(text, out);
            case Value.Flag(boolean on) -> out.append(on);
            case Value.Moment moment -> out.append(moment.time().toEpochMilli());
            case Value.Nothing _ -> out.append("null");
        }
    }

    /// `21.5`, `10.0`, `1.0E-5`, never `NaN`.
    public static String number(double number) {
        return Double.toString(number);
    }

    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static Value whole(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT, LONG -> new Value.Whole(json.getLongValue());
            default -> decimal(json);
        };
    }

    private static Value decimal(JsonParser json) {
        double number = json.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw new StreamConstraintsException("a number is out of range");
        }
        return new Value.Decimal(number);
    }

    private static Value fields(JsonParser json) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            fields.put(name, read(json));
        }
        return new Value.Fields(fields);
    }

    private static Value items(JsonParser json) {
        List<Value> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(json));
        }
        return new Value.Items(items);
    }
}
