package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.web.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Members of requests and answers whose form the caller or the thing model decides: a [JsonNode] in a record is any
/// JSON, an [ObjectNode] any object.
final class FreeJson {
    private FreeJson() {}

    static Value.Fields fields(ObjectNode object) {
        return ValueJson.readFields(Payload.of(object.toString()))
                .orElseThrow(() -> new ProblemException(Problem.INVALID_ARGUMENT, "a number is out of range"));
    }

    static ObjectNode object(Value.Fields fields) {
        return read(fields, ObjectNode.class);
    }

    static JsonNode any(Value value) {
        return read(value, JsonNode.class);
    }

    private static <N extends JsonNode> N read(Value value, Class<N> type) {
        return Json.read(ValueJson.write(value).getBytes(StandardCharsets.UTF_8), type);
    }
}
