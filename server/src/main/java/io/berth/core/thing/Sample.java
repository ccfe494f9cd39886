package io.berth.core.thing;

import io.berth.core.Value;
import java.time.Instant;

/// A value of a property at a time.
///
/// @param key the property's key in its thing model
/// @param time the device's time where it said one, else the time of arrival
public record Sample(String key, Value value, Instant time) {
    Sample withValue(Value changed) {
        return new Sample(key, changed, time);
    }
}
