package io.berth.dialect.aliyun.openapi;

import io.berth.core.Page;
import io.berth.core.device.DeviceId;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.state.Things;
import io.berth.json.Members;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of history as calls ask for it: where it ends, the next one begins (spec aliyun-openapi 3.2).
///
/// @param from included
/// @param to not included
/// @param size at most so many
record Stretch(Instant from, Instant to, boolean newestFirst, int size) {
    /// The last moment that a time in milliseconds is taken for: the year 9999.
    private static final long LAST_MILLI = 253_402_300_799_999L;

    private static final int DEFAULT_SIZE = 10;

    /// The vendor's SDKs disagree on which of the two comes first when the newest is wanted first: either may.
    record Times(long startTime, long endTime) {}

    static Stretch of(Times times, @Nullable Integer asc, @Nullable Integer size, int maxSize) {
        long first = Math.min(times.startTime, times.endTime);
        long last = Math.max(times.startTime, times.endTime);
        Refusal.require(
                first >= 0 && last <= LAST_MILLI,
                "device.InvalidTimeBucket",
                "StartTime and EndTime are milliseconds since 1970");
        if (asc != null && asc != 0 && asc != 1) {
            throw GatewayException.invalid("Asc", "it is 0 or 1");
        }
        int wanted = size == null ? DEFAULT_SIZE : size;
        Refusal.require(
                wanted >= 1 && wanted <= maxSize, "common.InvalidPageParams", "a page has 1 to " + maxSize + " items");
        return new Stretch(
                Instant.ofEpochMilli(first), Instant.ofEpochMilli(last + 1), asc == null || asc == 0, wanted);
    }

    /// @param next when the next page begins, null when this is the last
    record Part<T>(List<T> items, @Nullable Instant next) {
        Members tell(Members members) {
            members.with("NextValid", next != null);
            return next == null ? members : members.with("NextTime", next.toEpochMilli());
        }
    }

    Part<HistoryPoint> read(Things things, DeviceId device, Kind kind, String key) {
        return read(things, device, kind, List.of(key));
    }

    /// What happened under any of these keys, in one order.
    Part<HistoryPoint> read(Things things, DeviceId device, Kind kind, List<String> keys) {
        Page.Request page = new Page.Request(null, size + 1);
        return cut(
                keys.stream()
                        .flatMap(
                                key -> things
                                        .history(new HistoryQuery(device, kind, key, from, to, newestFirst, page))
                                        .items()
                                        .stream())
                        .toList(),
                HistoryPoint::time);
    }

    boolean covers(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    /// The first page of what is known to be within.
    <T> Part<T> cut(List<T> within, Function<T, Instant> time) {
        Comparator<T> order = Comparator.comparing(time);
        List<T> sorted =
                within.stream().sorted(newestFirst ? order.reversed() : order).toList();
        return sorted.size() <= size
                ? new Part<>(sorted, null)
                : new Part<>(sorted.subList(0, size), time.apply(sorted.get(size)));
    }
}
