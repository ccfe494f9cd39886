package io.berth.ops;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// Meters by one word. The words are few and stable, and should they not be, the surplus is counted as `other`.
record Series<M>(ConcurrentMap<String, M> known, Function<String, M> make) {
    private static final int MAX = 200;
    private static final String OTHER = "other";

    Series(Function<String, M> make) {
        this(new ConcurrentHashMap<>(), make);
    }

    M of(String word) {
        M meter = known.get(word);
        if (meter != null) {
            return meter;
        }
        return known.computeIfAbsent(known.size() < MAX ? word : OTHER, make);
    }
}
