package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.List;
import java.util.function.Function;

/// Listings ask for one row more than the page holds: it tells whether another page follows.
final class Pages {
    private Pages() {}

    static <T> Page<T> cut(List<T> found, Page.Request page, Function<T, String> cursor) {
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, page.limit());
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    /// A cursor that is a whole number; INVALID_ARGUMENT when it is none.
    static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"" + cursor + "\" is no cursor of this list", e);
        }
    }
}
