package io.berth.core.message;

import io.berth.core.Value;
import java.time.Instant;
import java.util.Map;

/// What a device answers to a call, in no vendor's words.
///
/// @param succeeded whether the device says it did what it was asked
/// @param code the wire's code as text
/// @param message what the device says of it, empty when nothing
/// @param output the outputs as they came, unchecked
/// @param times when the outputs were so, by their keys, as far as the device says it
public record Answer(boolean succeeded, String code, String message, Value.Fields output, Map<String, Instant> times) {
    public Answer {
        times = Map.copyOf(times);
    }

    /// One that says no times, as most.
    public Answer(boolean succeeded, String code, String message, Value.Fields output) {
        this(succeeded, code, message, output, Map.of());
    }

    public Answer with(Value.Fields changed) {
        return new Answer(succeeded, code, message, changed, times);
    }
}
