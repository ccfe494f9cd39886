package io.berth.core.state;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SequencedMap;

/// How large one half of a shadow document may be (spec aliyun-device 5.4).
final class ShadowLimits {
    private static final int MAX_ATTRIBUTES = 128;
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_LEVELS = 5;

    private ShadowLimits() {}

    /// The attributes, or LIMIT_REACHED.
    static Value.Fields checked(Value.Fields attributes) {
        demand(levels(attributes) <= MAX_LEVELS, "a shadow has at most " + MAX_LEVELS + " levels");
        demand(leaves(attributes) <= MAX_ATTRIBUTES, "a shadow has at most " + MAX_ATTRIBUTES + " attributes");
        demand(bytes(attributes) <= MAX_BYTES, "a shadow has at most " + MAX_BYTES + " bytes");
        return attributes;
    }

    private static void demand(boolean holds, String detail) {
        if (!holds) {
            throw new ProblemException(Problem.LIMIT_REACHED, detail);
        }
    }

    private static int levels(Value value) {
        return switch (value) {
            case Value.Fields(SequencedMap<String, Value> fields) ->
                1
                        + fields.values().stream()
                                .mapToInt(ShadowLimits::levels)
                                .max()
                                .orElse(0);
            case Value.Items(List<Value> items) ->
                items.stream().mapToInt(ShadowLimits::levels).max().orElse(0);
            default -> 0;
        };
    }

    /// A list is one attribute: it is replaced as a whole.
    private static int leaves(Value value) {
        return value instanceof Value.Fields(SequencedMap<String, Value> fields)
                ? fields.values().stream().mapToInt(ShadowLimits::leaves).sum()
                : 1;
    }

    /// As compact JSON, but for escapes.
    private static int bytes(Value value) {
        return switch (value) {
            case Value.Text(String text) -> bytes(text);
            case Value.Whole(long number) -> Long.toString(number).length();
            case Value.Decimal(double number) -> Double.toString(number).length();
            case Value.Flag(boolean on) -> on ? 4 : 5;
            case Value.Moment moment ->
                Long.toString(moment.time().toEpochMilli()).length();
            case Value.Nothing _ -> 4;
            case Value.Items(List<Value> items) ->
                1 + Math.max(1, items.stream().mapToInt(item -> bytes(item) + 1).sum());
            case Value.Fields(SequencedMap<String, Value> fields) ->
                1
                        + Math.max(
                                1,
                                fields.entrySet().stream()
                                        .mapToInt(field -> bytes(field.getKey()) + bytes(field.getValue()) + 2)
                                        .sum());
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + 2;
    }
}
