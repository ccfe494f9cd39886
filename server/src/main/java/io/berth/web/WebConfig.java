package io.berth.web;

import java.time.Duration;

/// What the web server bears.
///
/// @param maxBodyBytes of a request that is read at once; streamed bodies are bounded by back-pressure only
/// @param maxHeaderBytes of request line and headers together
/// @param maxConnections beyond it, connections wait to be accepted
/// @param idleTimeout a connection with no byte in either direction for this long is closed; longer than clients keep
/// one for
/// their next request (the JDK 30 s, Apache 60 s), which would else meet a connection that is just being closed
/// @param stopTimeout how long running requests may take to finish at a stop
public record WebConfig(
        int maxBodyBytes, int maxHeaderBytes, int maxConnections, Duration idleTimeout, Duration stopTimeout) {
    public static final WebConfig DEFAULT =
            new WebConfig(1 << 20, 64 << 10, 2000, Duration.ofSeconds(75), Duration.ofSeconds(5));

    public WebConfig {
        check(maxBodyBytes >= 1024, "web.max-body-bytes must be at least 1 KiB");
        check(maxHeaderBytes >= 1024, "web.max-header-bytes must be at least 1 KiB");
        check(maxConnections >= 1, "web.max-connections must be at least 1");
        check(idleTimeout.isPositive(), "web.idle-timeout must be positive");
        check(!stopTimeout.isNegative(), "web.stop-timeout must not be negative");
    }

    private static void check(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
