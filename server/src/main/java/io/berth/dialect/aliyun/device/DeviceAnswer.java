package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.json.ValueJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What a device answers to a request: `{"id":"105","code":200,"data":{}}` (spec aliyun-device 5.3).
///
/// @param id empty when there is none
/// @param answer null when there is no code
record DeviceAnswer(String id, @Nullable Answer answer) {
    private static final String DONE = "200";
    static final DeviceAnswer NONE = new DeviceAnswer("", null);

    static DeviceAnswer read(Payload payload) {
        try (JsonParser json = ValueJson.open(payload)) {
            return json.nextToken() == JsonToken.START_OBJECT && ValueJson.read(json) instanceof Value.Fields message
                    ? of(message)
                    : NONE;
        } catch (JacksonException e) {
            return NONE;
        }
    }

    static DeviceAnswer of(Value.Fields message) {
        String code = scalar(message.get("code"));
        Value.Fields output = message.get("data") instanceof Value.Fields data ? data : Value.Fields.NONE;
        Answer answer =
                code.isEmpty() ? null : new Answer(code.equals(DONE), code, scalar(message.get("message")), output);
        return new DeviceAnswer(scalar(message.get("id")), answer);
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Whole(long number) -> Long.toString(number);
            default -> "";
        };
    }
}
