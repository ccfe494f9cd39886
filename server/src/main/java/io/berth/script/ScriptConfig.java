package io.berth.script;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// How much scripts may take.
///
/// @param workers processes that run scripts side by side; 0 for one per processor
/// @param time processor time one call may take
/// @param memoryBytes memory a script may fill, beside what the engine itself needs
/// @param maxWaiting calls that wait for a turn, in all
/// @param maxWaitingPerProduct likewise of one product
/// @param rest how long a product's messages are refused after its script had to be stopped
/// @param idle how long a process without work is kept
public record ScriptConfig(
        int workers,
        Duration time,
        int memoryBytes,
        int maxWaiting,
        int maxWaitingPerProduct,
        Duration rest,
        Duration idle) {
    /// The vendor's bounds of time and memory (spec aliyun-device 8).
    public static final ScriptConfig DEFAULT = new ScriptConfig(
            0, Duration.ofSeconds(1), 32 * 1024 * 1024, 10_000, 1_000, Duration.ofSeconds(10), Duration.ofMinutes(5));

    public ScriptConfig {
        require(workers >= 0 && workers <= 64, "script.workers is 0 to 64");
        require(time.toMillis() >= 10 && time.compareTo(Duration.ofSeconds(10)) <= 0, "script.time is 10ms to 10s");
        require(memoryBytes >= 8 * 1024 * 1024, "script.memory-bytes is at least 8 MB");
        require(maxWaiting >= 1 && maxWaitingPerProduct >= 1, "script.max-waiting is at least 1");
        require(!rest.isNegative(), "script.rest is no negative time");
        require(!idle.isNegative() && !idle.isZero(), "script.idle is more than nothing");
        workers = workers == 0 ? Math.min(64, Runtime.getRuntime().availableProcessors()) : workers;
    }
}
