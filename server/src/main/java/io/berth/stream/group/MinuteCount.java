package io.berth.stream.group;

import java.util.Arrays;

/// How often something happened within the last minute, to the second. Under the lock of the run.
final class MinuteCount {
    private static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];
    private long newest;

    void add(long millis) {
        moveTo(millis / 1000);
        counts[(int) (newest % SECONDS)]++;
    }

    int count(long millis) {
        moveTo(millis / 1000);
        return Arrays.stream(counts).sum();
    }

    private void moveTo(long second) {
        for (long next = Math.max(newest, second - SECONDS) + 1; next <= second; next++) {
            counts[(int) (next % SECONDS)] = 0;
        }
        newest = Math.max(newest, second);
    }
}
