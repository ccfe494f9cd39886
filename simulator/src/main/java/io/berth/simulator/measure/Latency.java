package io.berth.simulator.measure;

import org.HdrHistogram.Histogram;

/// Percentiles in microseconds.
///
/// @param corrected whether each event counts from the moment it was due, not from when the load got to it
public record Latency(double p50, double p99, double p999, double max, boolean corrected) {
    private static final double NANOS_PER_MICRO = 1_000;

    /// Of a histogram of nanoseconds.
    public static Latency of(Histogram nanos, boolean corrected) {
        return new Latency(
                micros(nanos.getValueAtPercentile(50)),
                micros(nanos.getValueAtPercentile(99)),
                micros(nanos.getValueAtPercentile(99.9)),
                micros(nanos.getMaxValue()),
                corrected);
    }

    private static double micros(long nanos) {
        return Math.round(nanos / NANOS_PER_MICRO * 10) / 10.0;
    }
}
