package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.dialect.aliyun.device.AliyunValues;
import io.berth.json.ValueJson;

/// Parameters that are JSON as a text, and values as answers tell them: as texts too (spec aliyun-openapi 1.2).
final class JsonParameter {
    private JsonParameter() {}

    /// What is no object breaks a rule of the action.
    static Value.Fields object(String name, String text) {
        return ValueJson.readFields(Payload.of(text))
                .orElseThrow(() -> new ProblemException(Problem.INVALID_ARGUMENT, name + " is no JSON object"));
    }

    /// `21.5`, `on`, `{"x":1}`
    static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Moment(var time) -> Long.toString(time.toEpochMilli());
            default -> AliyunValues.write(value);
        };
    }
}
