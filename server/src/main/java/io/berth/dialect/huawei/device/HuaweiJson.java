package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON of devices and applications.
final class HuaweiJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // names come from devices: never kept beyond the bounded table of the factory
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private HuaweiJson() {}

    /// Whether the payload is one JSON object with a list of this name; builds no tree.
    static boolean hasList(Payload payload, String member) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), payload.toBytes())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean found = false;
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken value = json.nextToken();
                found |= value == JsonToken.START_ARRAY && name.equals(member);
                json.skipChildren();
            }
            return found && json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /// The payload as a tree, when it is one JSON object.
    static Optional<JsonNode> object(Payload payload) {
        try {
            JsonNode node = MAPPER.readTree(payload.toBytes());
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
