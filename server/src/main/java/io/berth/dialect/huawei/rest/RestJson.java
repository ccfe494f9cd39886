package io.berth.dialect.huawei.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.dialect.huawei.device.HuaweiProblems.Fault;
import io.berth.dialect.huawei.device.HuaweiValues;
import io.berth.json.ValueJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/// JSON of this interface: members in snake case, those that are null left out; nothing of a wrong type is
/// converted, members nobody knows are passed over. A [Value] in a record is any JSON.
final class RestJson {
    static final String CONTENT_TYPE = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule()
                    .addSerializer(Value.class, new ValueWriter())
                    .addDeserializer(Value.class, new ValueReader())
                    .addDeserializer(Value.Fields.class, new FieldsReader()))
            .build();

    private RestJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// MALFORMED when the bytes are not one object.
    static ObjectNode object(Payload json) {
        try {
            if (MAPPER.readTree(json.toBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException _) {
            // as if it were something else
        }
        throw new RestException(Fault.MALFORMED, "the body is not one JSON object");
    }

    /// Throws a JacksonException that names the member when one has a wrong type.
    static <T> T bind(ObjectNode json, Class<T> type) {
        return MAPPER.treeToValue(json, type);
    }

    static ObjectNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static Value value(Object value) {
        return ValueJson.read(write(value)).orElseThrow();
    }

    static Payload write(Object value) {
        return Payload.owned(MAPPER.writeValueAsBytes(value));
    }

    private static final class ValueWriter extends ValueSerializer<Value> {
        @Override
        public void serialize(Value value, JsonGenerator json, SerializationContext context) {
            json.writeRawValue(HuaweiValues.write(value));
        }
    }

    private static final class ValueReader extends ValueDeserializer<Value> {
        @Override
        public Value deserialize(JsonParser json, DeserializationContext context) {
            return ValueJson.read(json);
        }
    }

    private static final class FieldsReader extends ValueDeserializer<Value.Fields> {
        @Override
        public Value.Fields deserialize(JsonParser json, DeserializationContext context) {
            return ValueJson.read(json) instanceof Value.Fields fields
                    ? fields
                    : context.reportInputMismatch(this, "no object");
        }
    }
}
