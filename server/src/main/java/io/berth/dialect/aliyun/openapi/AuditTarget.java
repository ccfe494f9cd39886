package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a call is about, for the audit: whatever of these names it gives, and those the platform made up for
/// it, which its answer gives.
final class AuditTarget {
    private static final List<String> NAMES = List.of(
            "IotId", "ProductKey", "DeviceName", "GroupId", "ConsumerGroupId", "TopicId", "SrcTopic", "ApplyId");

    /// A device is named by product and name already.
    private static final String ALIAS = "IotId";

    private AuditTarget() {}

    static String of(Parameters call) {
        return joined(call::get);
    }

    static String of(Parameters call, Value.Fields answer) {
        return joined(name -> call.get(name) != null || name.equals(ALIAS) ? call.get(name) : made(name, answer));
    }

    private static String joined(Function<String, @Nullable String> names) {
        return NAMES.stream().map(names).filter(Objects::nonNull).collect(Collectors.joining("/"));
    }

    /// At the top of the answer, or in its data.
    private static @Nullable String made(String name, Value.Fields answer) {
        String top = text(answer.get(name));
        return top == null && answer.get("Data") instanceof Value.Fields data ? text(data.get(name)) : top;
    }

    private static @Nullable String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Whole(long number) -> Long.toString(number);
            default -> null;
        };
    }
}
