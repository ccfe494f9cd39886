package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.core.thing.Sample;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What devices answer to commands and to the setting and getting of properties (spec huawei-iotda 3.1): 0
/// means done. What has not the form of an answer is one in bytes only, hence null.
final class HuaweiAnswers {
    private static final String DONE = "0";

    /// No time that a device can say.
    private static final Instant UNSAID = Instant.MIN;

    private HuaweiAnswers() {}

    static @Nullable Answer command(Payload payload) {
        return read(
                payload,
                answer -> result(answer, HuaweiJson.text(answer, "response_name"), HuaweiJson.object(answer, "paras")));
    }

    static @Nullable Answer setting(Payload payload) {
        return read(payload, answer -> result(answer, HuaweiJson.text(answer, "result_desc"), Value.Fields.NONE));
    }

    /// The values by their keys in the thing model, with the times that the device says.
    static @Nullable Answer getting(Payload payload) {
        return read(
                payload,
                answer -> answer.get("services") instanceof Value.Items
                        ? reading(HuaweiReport.samples(answer, UNSAID))
                        : null);
    }

    private static Answer reading(List<Sample> samples) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        Map<String, Instant> times = new HashMap<>();
        for (Sample sample : samples) {
            values.put(sample.key(), sample.value());
            if (!sample.time().equals(UNSAID)) {
                times.put(sample.key(), sample.time());
            }
        }
        return new Answer(true, DONE, "", new Value.Fields(values), times);
    }

    /// The answer of firmware from before the present topics (spec huawei-iotda 3.6).
    static Answer legacy(Value.Fields answer) {
        String code = HuaweiJson.word(answer, "errcode");
        return new Answer(code.equals(DONE), code, "", HuaweiJson.object(answer, "body"));
    }

    /// @param answer of `config_update` (spec huawei-iotda 4.7)
    static @Nullable Answer config(Value.Fields answer) {
        return result(answer, HuaweiJson.text(answer, "description"), Value.Fields.NONE);
    }

    private static @Nullable Answer read(Payload payload, Function<Value.Fields, @Nullable Answer> form) {
        return ValueJson.readFields(payload).map(form).orElse(null);
    }

    private static @Nullable Answer result(Value.Fields answer, String message, Value.Fields output) {
        String code = HuaweiJson.word(answer, "result_code");
        return code.isEmpty() ? null : new Answer(code.equals(DONE), code, message, output);
    }
}
