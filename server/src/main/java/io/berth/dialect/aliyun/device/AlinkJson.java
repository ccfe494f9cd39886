package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Opens JSON of devices and applications, token by token.
final class AlinkJson {
    private static final JsonFactory STRICT = JsonFactory.builder()
            // names come from devices: never kept beyond the bounded table of the factory
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    /// SDKs leave a comma before a closing brace (R7).
    private static final JsonFactory LENIENT =
            STRICT.rebuild().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    private AlinkJson() {}

    /// Reads what a device sent.
    static JsonParser open(Payload payload) {
        return LENIENT.createParser(ObjectReadContext.empty(), payload.toBytes());
    }

    /// A string or number that is a member of the outermost object, as text.
    static @Nullable String scalar(Payload payload, String member) {
        String found = null;
        try (JsonParser json = open(payload)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken value = json.nextToken();
                if (name.equals(member) && (value == JsonToken.VALUE_STRING || value.isNumeric())) {
                    found = json.getString();
                }
                json.skipChildren();
            }
            return found;
        } catch (JacksonException e) {
            return null;
        }
    }

    /// The text of a payload that is one strict JSON object.
    static Optional<String> object(Payload payload) {
        try (JsonParser json = STRICT.createParser(ObjectReadContext.empty(), payload.toBytes())) {
            boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
            json.skipChildren();
            return isObject && json.nextToken() == null ? payload.utf8() : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
