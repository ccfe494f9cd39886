package io.berth.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which part of a listing, for those who count its records: in which order, after which place, how many to
/// leave out there and how many to take.
///
/// @param after the place of a record as [Found] told it, null for the beginning; of a listing by age, also the
/// 24 hex digits that vendors count by
/// @param offset 0 to [#MAX_OFFSET]
/// @param limit 1 to [#MAX_LIMIT]
public record Slice(Order order, @Nullable String after, int offset, int limit) {
    /// How far the vendors let applications count (spec aliyun-openapi, QueryDevice).
    public static final int MAX_OFFSET = 1_000_000;

    /// One more than a page: it tells whether another follows.
    public static final int MAX_LIMIT = Page.Request.MAX_LIMIT + 1;

    public Slice {
        ProblemException.require(
                offset >= 0 && offset <= MAX_OFFSET, "offset must be 0 to " + MAX_OFFSET + ", not " + offset);
        ProblemException.require(
                limit >= 1 && limit <= MAX_LIMIT, "limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }

    public enum Order {
        /// By what its kind is named by: a device by product and name, a product by its key.
        NAME,
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /// @param places where each item stands in the order
    public record Found<T>(List<T> items, List<String> places) {
        public Found {
            items = List.copyOf(items);
            places = List.copyOf(places);
        }

        /// The place of the last item, null when there is none.
        public @Nullable String last() {
            return places.isEmpty() ? null : places.getLast();
        }
    }
}
