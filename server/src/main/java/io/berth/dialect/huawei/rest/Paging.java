package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_LIMIT;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_MARKER;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_OFFSET;

import io.berth.core.Slice;
import io.berth.dialect.huawei.device.HuaweiProblems.Fault;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which page of a listing, newest first (spec huawei-iotda 7).
///
/// @param marker 24 hex digits: what is older follows; all `f` for the newest
/// @param offset how many of those that follow are passed over
record Paging(int limit, String marker, int offset) {
    static final String NEWEST = "f".repeat(24);

    private static final int MAX_LIMIT = 50;
    private static final int MAX_OFFSET = 500;
    static final Pattern MARKER = Pattern.compile("[0-9a-fA-F]{24}");

    Paging {
        demand(limit >= 1 && limit <= MAX_LIMIT, BAD_LIMIT, "\"limit\" must be 1 to " + MAX_LIMIT);
        demand(MARKER.matcher(marker).matches(), BAD_MARKER, "\"marker\" must have 24 hexadecimal digits");
        marker = marker.toLowerCase(Locale.ROOT);
        demand(offset >= 0 && offset <= MAX_OFFSET, BAD_OFFSET, "\"offset\" must be 0 to " + MAX_OFFSET);
    }

    static Paging of(@Nullable Integer limit, @Nullable String marker, @Nullable Integer offset) {
        return new Paging(
                Objects.requireNonNullElse(limit, 10),
                Objects.requireNonNullElse(marker, NEWEST),
                Objects.requireNonNullElse(offset, 0));
    }

    /// @param count of all records, whatever the page
    /// @param marker of the last record of the page; the one given when the page is empty
    record Shown(long count, String marker) {}

    Slice slice() {
        return new Slice(Slice.Order.NEWEST_FIRST, marker, offset, limit);
    }

    Shown shown(long count, @Nullable String last) {
        return new Shown(count, Objects.requireNonNullElse(last, marker));
    }

    /// The place of a record in a listing that core does not keep by age: what was made later has a greater
    /// one.
    static String marker(Instant created, String id) {
        return HexFormat.of().toHexDigits(created.toEpochMilli())
                + HexFormat.of().toHexDigits(id.hashCode());
    }

    /// Records as they are shown, and where the next page begins.
    record Part<S>(List<S> items, Shown page) {}

    /// The page of a listing that has no more records than fit into memory.
    ///
    /// @param all of it, in any order
    /// @param markers of each: what is newer has a greater one
    <T, S> Part<S> of(List<T> all, Function<T, String> markers, Function<T, S> words) {
        List<T> page = all.stream()
                .sorted(Comparator.comparing(markers).reversed())
                .filter(item -> markers.apply(item).compareTo(marker) < 0)
                .skip(offset)
                .limit(limit)
                .toList();
        return new Part<>(
                page.stream().map(words).toList(),
                shown(all.size(), page.isEmpty() ? null : markers.apply(page.getLast())));
    }

    private static void demand(boolean holds, Fault fault, String detail) {
        if (!holds) {
            throw new RestException(fault, detail);
        }
    }
}
