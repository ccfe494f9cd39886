package io.berth.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a listing, in the listing's order. `next` is the cursor of the page that follows, null on the
/// last.
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /// The page from one item more than it may hold: that one tells whether another page follows.
    public static <T> Page<T> cut(List<T> found, Request page, Function<T, String> cursor) {
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, page.limit());
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    /// Hands over everything a listing has, a page at a time.
    public static <T> void each(Function<Request, Page<T>> listing, Consumer<T> visitor) {
        Request request = new Request(null, Request.MAX_LIMIT);
        while (request != null) {
            Page<T> page = listing.apply(request);
            page.items().forEach(visitor);
            request = page.next() == null ? null : new Request(page.next(), Request.MAX_LIMIT);
        }
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
