package io.berth.core.state;

import java.time.Instant;

/// The numbers of a property within one span of time that begins at `start`. A yes counts 1, a no 0.
public record HistoryBucket(Instant start, long count, double min, double max, double sum) {
    public double average() {
        return sum / count;
    }
}
