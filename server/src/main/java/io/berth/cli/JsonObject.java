package io.berth.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON object in the order it was written: what the API answers, and what is sent to it.
final class JsonObject {
    private final Map<String, @Nullable Object> fields;

    JsonObject() {
        this(new LinkedHashMap<>());
    }

    JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /// Adds a field; one that is null stays away.
    JsonObject with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    /// The value as text, empty when absent, null or not a single value.
    Optional<String> find(String name) {
        return switch (fields.get(name)) {
            case null -> Optional.empty();
            case JsonObject _, List<?> _ -> Optional.empty();
            case Object value -> Optional.of(value.toString());
        };
    }

    String text(String name) {
        return find(name).orElse("");
    }

    long number(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean is(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    Optional<Instant> instant(String name) {
        try {
            return find(name).map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    Optional<JsonObject> object(String name) {
        return fields.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    List<JsonObject> objects(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    /// On one line, as JSON.
    @Override
    public String toString() {
        return Json.write(this);
    }
}
