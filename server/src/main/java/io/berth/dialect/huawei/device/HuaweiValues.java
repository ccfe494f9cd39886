package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.SequencedMap;

/// Values in Huawei's form (spec huawei-iotda 10): a yes is `true`, a time is `20260102T030405Z`, a number has
/// no exponent, which small firmware cannot read.
public final class HuaweiValues {
    private HuaweiValues() {}

    public static String write(Value value) {
        StringBuilder out = new StringBuilder(64);
        write(value, out);
        return out.toString();
    }

    public static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Decimal(double number) -> out.append(new BigDecimal(ValueJson.number(number)).toPlainString());
            case Value.Moment moment -> ValueJson.quote(HuaweiTime.text(moment.time()), out);
            case Value.Items(List<Value> items) -> {
                char before = '[';
                for (Value item : items) {
                    out.append(before);
                    write(item, out);
                    before = ',';
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                char before = '{';
                for (var field : fields.entrySet()) {
                    out.append(before);
                    ValueJson.quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    before = ',';
                }
                out.append(fields.isEmpty() ? "{}" : "}");
            }
            case Value.Whole _, Value.Text _, Value.Flag _, Value.Nothing _ -> ValueJson.write(value, out);
        }
    }
}
