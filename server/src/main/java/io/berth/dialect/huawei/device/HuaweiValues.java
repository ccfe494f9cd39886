package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.math.BigDecimal;

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
        ValueJson.write(value, HuaweiValues::scalar, out);
    }

    private static void scalar(Value.Scalar value, StringBuilder out) {
        switch (value) {
            case Value.Decimal(double number) -> out.append(new BigDecimal(ValueJson.number(number)).toPlainString());
            case Value.Moment moment -> ValueJson.quote(HuaweiTime.text(moment.time()), out);
            case Value.Whole _, Value.Text _, Value.Flag _, Value.Nothing _ -> ValueJson.write(value, out);
        }
    }
}
