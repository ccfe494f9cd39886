package io.berth.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One page of a listing, in the listing's order. `next` is the cursor of the page that follows, null on the last.
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /// Which page: at most `limit` (1 to 1000) items after the cursor, from the start when there is none.
    public record Request(@Nullable String after, int limit) {
        public static final int MAX_LIMIT = 1000;

        public Request {
            ProblemException.require(
                    limit >= 1 && limit <= MAX_LIMIT, "limit must be 1 to " + MAX_LIMIT + ", not " + limit);
        }

        public Optional<String> cursor() {
            return Optional.ofNullable(after);
        }
    }
}
