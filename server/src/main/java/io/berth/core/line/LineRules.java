package io.berth.core.line;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// The `line.…` keys.
///
/// @param tlsOnly whether requests over a network come over TLS only
/// @param byGet whether an identity may also be asked for by GET
/// @param grace how long after a device was burned or logged in its secret may still be asked for
/// @param late what happens when it is asked for later
/// @param elsewhere what happens when it is asked for from a second place before that
/// @param clockSkew how far the time in a signed request may be from now
/// @param answerTime how long an answer takes at least, so that it tells nothing by its speed
/// @param requestsPerAddress how many requests an address has in a window
/// @param requestsPerDevice how many requests there are for one hardware id in a window
/// @param maxTracked how many addresses, and how many hardware ids, are counted at once
/// @param maxStations how many stations there may be
/// @param maxBatches how many batches there may be
public record LineRules(
        boolean tlsOnly,
        boolean byGet,
        Duration grace,
        Reaction late,
        Reaction elsewhere,
        Duration clockSkew,
        Duration answerTime,
        int requestsPerAddress,
        int requestsPerDevice,
        Duration window,
        int maxTracked,
        int maxStations,
        int maxBatches) {
    public static final LineRules DEFAULT = new LineRules(
            true,
            false,
            Duration.ofMinutes(10),
            Reaction.REFUSE,
            Reaction.ALARM,
            Duration.ofMinutes(5),
            Duration.ofMillis(50),
            600,
            20,
            Duration.ofMinutes(1),
            100_000,
            1_000,
            10_000);

    /// Each raises an alarm.
    public enum Reaction {
        REFUSE,
        /// The secret is handed out all the same.
        ALARM
    }

    public LineRules {
        require(!grace.isNegative(), "line.grace must not be negative");
        // nonces are remembered for half an hour
        require(
                clockSkew.isPositive() && clockSkew.compareTo(Duration.ofMinutes(15)) <= 0,
                "line.clock-skew is more than 0s, and at most 15m");
        require(
                !answerTime.isNegative() && answerTime.compareTo(Duration.ofSeconds(5)) <= 0,
                "line.answer-time is 0s to 5s");
        require(requestsPerAddress >= 1, "line.requests-per-address is at least 1");
        require(requestsPerDevice >= 1, "line.requests-per-device is at least 1");
        require(window.isPositive(), "line.window must be positive");
        require(maxTracked >= 1, "line.max-tracked is at least 1");
        require(maxStations >= 1, "line.max-stations is at least 1");
        require(maxBatches >= 1, "line.max-batches is at least 1");
    }
}
