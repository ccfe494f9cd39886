package io.berth.simulator.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// The middle of a few windows: what one hiccup of the machine does not move.
public final class Median {
    private Median() {}

    public static <T> double of(List<T> items, ToDoubleFunction<T> value) {
        double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no windows");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
