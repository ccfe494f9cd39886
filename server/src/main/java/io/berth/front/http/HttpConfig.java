package io.berth.front.http;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// What the HTTP front allows. The bounds protect the server and are always on.
///
/// @param clear serve devices in clear too; the vendors' devices use TLS
/// @param requestTimeout from the handover of a connection to its first whole head, and from a head to the
/// end of its body: however slowly bytes trickle in, it is over then
/// @param idleTimeout how long a connection may be without a whole request
/// @param maxConnections more are closed as soon as they are handed over
/// @param maxHeadBytes the request line and the headers of a request
/// @param maxBodiesBytes bodies that are being read, of all connections together
/// @param maxPipelined requests of one connection that wait while one is settled; then its socket is not read
/// @param maxStreams requests of one HTTP/2 connection at once
/// @param maxWaiting requests that wait for the store, a script or the log, of all connections together
/// @param reportsPerSecond messages of one device, a quota of the vendors' clouds; 0 means any number
public record HttpConfig(
        boolean clear,
        Duration requestTimeout,
        Duration idleTimeout,
        int maxConnections,
        int maxHeadBytes,
        long maxBodiesBytes,
        int maxPipelined,
        int maxStreams,
        int maxWaiting,
        int reportsPerSecond) {
    public HttpConfig {
        seconds(requestTimeout, "http.request-timeout");
        seconds(idleTimeout, "http.idle-timeout");
        require(maxConnections >= 1, "http.max-connections is at least 1");
        require(maxHeadBytes >= 1024 && maxHeadBytes <= 1024 * 1024, "http.max-head-bytes: 1 KB to 1 MB");
        require(maxBodiesBytes >= 2L * 1024 * 1024, "http.max-bodies-bytes is at least 2 MB");
        require(maxPipelined >= 1 && maxPipelined <= 1000, "http.max-pipelined is between 1 and 1000");
        require(maxStreams >= 1 && maxStreams <= 1000, "http.max-streams is between 1 and 1000");
        require(maxWaiting >= 1, "http.max-waiting is at least 1");
        require(reportsPerSecond >= 0, "http.reports-per-second is not negative");
    }

    public static HttpConfig defaults() {
        return new HttpConfig(
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                100_000,
                8192,
                64L * 1024 * 1024,
                16,
                100,
                10_000,
                0);
    }

    private static void seconds(Duration value, String key) {
        require(value.toSeconds() >= 1 && value.toSeconds() <= 3600, key + " is between 1 and 3600 seconds");
    }
}
