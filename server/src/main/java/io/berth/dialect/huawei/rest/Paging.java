package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_LIMIT;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_MARKER;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_OFFSET;

import java.util.Objects;
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
    private static final Pattern MARKER = Pattern.compile("[0-9a-f]{24}");

    Paging {
        demand(limit >= 1 && limit <= MAX_LIMIT, BAD_LIMIT, "\"limit\" must be 1 to " + MAX_LIMIT);
        demand(MARKER.matcher(marker).matches(), BAD_MARKER, "\"marker\" must have 24 hexadecimal digits");
        demand(offset >= 0 && offset <= MAX_OFFSET, BAD_OFFSET, "\"offset\" must be 0 to " + MAX_OFFSET);
    }

    static Paging of(@Nullable Integer limit, @Nullable String marker, @Nullable Integer offset) {
        return new Paging(
                Objects.requireNonNullElse(limit, 10),
                Objects.requireNonNullElse(marker, NEWEST),
                Objects.requireNonNullElse(offset, 0));
    }

    private static void demand(
            boolean holds, io.berth.dialect.huawei.device.HuaweiProblems.Fault fault, String detail) {
        if (!holds) {
            throw new RestException(fault, detail);
        }
    }
}
