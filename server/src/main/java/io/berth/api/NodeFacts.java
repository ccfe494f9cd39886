package io.berth.api;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/// What this process knows of itself.
///
/// @param listeners the open listeners by name, asked at each call
public record NodeFacts(
        String name, String version, long pid, Instant started, Supplier<Map<String, Listener>> listeners) {
    /// @param bind the first address it is bound to
    public record Listener(String bind, int port) {}
}
