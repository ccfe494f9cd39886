package io.berth.core.message;

import io.berth.core.Value;

/// What a device answers to a call, in no vendor's words.
///
/// @param succeeded whether the device says it did what it was asked
/// @param code the wire's code as text
/// @param message what the device says of it, empty when nothing
/// @param output the outputs as they came, unchecked
public record Answer(boolean succeeded, String code, String message, Value.Fields output) {}
