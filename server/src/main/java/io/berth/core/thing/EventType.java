package io.berth.core.thing;

import io.berth.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that may happen at a thing.
public record EventType(
        String identifier, String name, String description, Level level, boolean required, List<Parameter> output) {
    public EventType {
        output = List.copyOf(output);
    }

    public enum Level {
        INFO,
        ALERT,
        ERROR
    }

    /// What the device said of the event, each value in the form of its type; null when something does not fit.
    public Value.@Nullable Fields admit(Value.Fields given, Check check) {
        return Parameter.admitAll(output, Violation.Kind.UNKNOWN_MEMBER, given, "", check);
    }
}
