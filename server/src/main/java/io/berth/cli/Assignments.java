package io.berth.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `Temp=23 mode=eco on=true`: values of properties by key. What reads as JSON is JSON, everything else is
/// text.
final class Assignments {
    private Assignments() {}

    static JsonObject read(List<String> words) {
        JsonObject values = new JsonObject();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new RefusedException("\"" + word + "\" sets nothing: write PROPERTY=VALUE");
            }
            values.with(word.substring(0, equals), value(word.substring(equals + 1)));
        }
        return values;
    }

    private static Object value(String text) {
        try {
            @Nullable Object value = Json.readValue(text);
            return value == null ? text : value;
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
