package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.json.ValueJson;

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
        ValueJson.write(value, AliyunValues::scalar, out);
    }

    private static void scalar(Value.Scalar value, StringBuilder out) {
        switch (value) {
            case Value.Flag(boolean on) -> out.append(on ? 1 : 0);
            case Value.Moment moment ->
                ValueJson.quote(Long.toString(moment.time().toEpochMilli()), out);
            case Value.Whole _, Value.Decimal _, Value.Text _, Value.Nothing _ -> ValueJson.write(value, out);
        }
    }
}
