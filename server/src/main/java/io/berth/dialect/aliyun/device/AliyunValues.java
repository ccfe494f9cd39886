package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Values as this vendor's devices write and read them (spec aliyun-device 7): yes and no as 1 and 0, a
/// moment as the digits of its milliseconds, a number with a fraction with at least one decimal place.
public final class AliyunValues {
    private AliyunValues() {}

    public static String write(Value value) {
        StringBuilder out = new StringBuilder(64);
        write(value, out);
        return out.toString();
    }

    public static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Flag(boolean on) -> out.append(on ? 1 : 0);
            case Value.Moment moment ->
                ValueJson.quote(Long.toString(moment.time().toEpochMilli()), out);
            case Value.Items(List<Value> items) -> {
                out.append('[');
                for (int i = 0; i < items.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    write(items.get(i), out);
                }
                out.append(']');
            }
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                out.append('{');
                String before = "";
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    out.append(before);
                    ValueJson.quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    before = ",";
                }
                out.append('}');
            }
            case Value.Whole _, Value.Decimal _, Value.Text _, Value.Nothing _ -> ValueJson.write(value, out);
        }
    }
}
