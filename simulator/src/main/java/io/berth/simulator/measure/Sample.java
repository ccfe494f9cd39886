package io.berth.simulator.measure;

/// One window: how many events, in how long, for how much CPU of the server.
///
/// @param delivered how many of them a consumer saw, as many as `events` when nobody listens
public record Sample(long events, long delivered, double seconds, double cpuSeconds) {
    public double rate() {
        return events / seconds;
    }

    /// Events per CPU-second; a window too short to cost a tick counts as one tick.
    public double perCpuSecond() {
        return events / Math.max(cpuSeconds, 0.01);
    }
}
