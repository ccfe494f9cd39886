package io.berth.core.state;

import io.berth.core.Value;
import java.time.Instant;

/// @param key of the property or event
public record HistoryPoint(String key, Instant time, Value value) {}
