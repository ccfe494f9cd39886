package io.berth.storage;

import io.berth.core.Value;
import java.util.Comparator;

/// A value at a time (milliseconds).
record Timed(long time, Value value) {
    static final Comparator<Timed> BY_TIME = Comparator.comparingLong(Timed::time);
}
