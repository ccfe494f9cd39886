package io.berth.simulator.measure;

import java.time.Duration;

/// One window: how many events, in how long, for how much CPU of the server.
///
/// @param delivered how many of them a consumer saw, as many as `events` when nobody listens
public record Sample(long events, long delivered, double seconds, double cpuSeconds) {
    public double rate() {
        return events / seconds;
    }

    /// The same without a wait at its end that brought nothing.
    public Sample without(Duration wait) {
        return new Sample(events, delivered, seconds - wait.toNanos() / 1e9, cpuSeconds);
    }

    /// Events per CPU-second; a window too short to cost a tick counts as one tick.
    public double perCpuSecond() {
        return events / Math.max(cpuSeconds, 0.01);
    }
}
