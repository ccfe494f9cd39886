package io.berth.core.thing;

import io.berth.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something a thing can be asked to do; one vendor says service, the other command.
///
/// @param callType how it is called when the caller does not say
/// @param outputName what the wire calls the answer's form, empty when it has no name
public record Service(
        String identifier,
        String name,
        String description,
        CallType callType,
        boolean required,
        List<Parameter> input,
        String outputName,
        List<Parameter> output) {
    public Service {
        input = List.copyOf(input);
        output = List.copyOf(output);
    }

    public enum CallType {
        /// The caller waits for the device.
        SYNC,
        /// The answer comes when it comes.
        ASYNC
    }

    /// The parameters of a call: all that are required, none that is unknown; null when something does not fit.
    public Value.@Nullable Fields admitInput(Value.Fields given, Check check) {
        return Parameter.admitWhole(input, given, "", check);
    }

    /// The device's answer; null when something does not fit.
    public Value.@Nullable Fields admitOutput(Value.Fields given, Check check) {
        return Parameter.admitAll(output, Violation.Kind.UNKNOWN_MEMBER, given, "", check);
    }
}
