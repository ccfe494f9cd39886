package io.berth.api;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Members of requests and answers whose form the caller or the thing model decides: a [JsonNode] in a record
/// is any JSON, an [ObjectNode] any object.
final class FreeJson {
    private FreeJson() {}

    /// INVALID_ARGUMENT when a number is out of range.
    static Value.Fields fields(ObjectNode object) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        object.properties().forEach(member -> fields.put(member.getKey(), value(member.getValue())));
        return new Value.Fields(fields);
    }

    static ObjectNode object(Value.Fields fields) {
        return read(fields, ObjectNode.class);
    }

    static JsonNode any(Value value) {
        return read(value, JsonNode.class);
    }

    private static Value value(JsonNode node) {
        return switch (node) {
            case StringNode text -> new Value.Text(text.stringValue());
            case BooleanNode flag -> new Value.Flag(flag.booleanValue());
            case NullNode _ -> Value.Nothing.NOTHING;
            case ObjectNode object -> fields(object);
            case ArrayNode items ->
                new Value.Items(items.values().stream().map(FreeJson::value).toList());
            default ->
                node.canConvertToLong() && node.isIntegralNumber()
                        ? new Value.Whole(node.longValue())
                        : new Value.Decimal(node.asDouble(Double.NaN));
        };
    }

    private static <N extends JsonNode> N read(Value value, Class<N> type) {
        return Json.read(ValueJson.write(value).getBytes(StandardCharsets.UTF_8), type);
    }
}
