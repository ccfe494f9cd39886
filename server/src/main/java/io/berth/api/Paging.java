package io.berth.api;

import io.berth.core.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which page of a listing: `after` is the `next` of the page before.
public record Paging(@Nullable Integer limit, @Nullable String after) {
    private static final int DEFAULT_LIMIT = 100;

    Page.Request request() {
        return new Page.Request(after, limit != null ? limit : DEFAULT_LIMIT);
    }

    static <T, J> List<J> items(Page<T> page, Function<T, J> toJson) {
        return page.items().stream().map(toJson).toList();
    }
}
