package io.berth.core.thing;

import io.berth.core.Value;
import java.time.Instant;

/// An event that happened at a device.
///
/// @param key the event's key in its thing model
public record Occurrence(String key, Value.Fields output, Instant time) {}
