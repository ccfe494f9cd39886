package io.berth.storage;

import io.berth.core.state.HistoryQuery;
import java.time.Instant;

/// Milliseconds from one (included) to another (not included).
record TimeSpan(long from, long to) {
    static TimeSpan of(HistoryQuery query) {
        return new TimeSpan(firstMillisecond(query.from()), firstMillisecond(query.to()));
    }

    boolean isEmpty() {
        return from >= to;
    }

    boolean contains(long time) {
        return time >= from && time < to;
    }

    private static long firstMillisecond(Instant time) {
        long millis = Sql.millis(time);
        return millis < Long.MAX_VALUE && Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }
}
