package io.berth.dialect.aliyun.openapi;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a page of things in order of time ended: the time and the name of its last. What comes or goes between
/// two pages shifts nothing.
record Bookmark(long time, String name) {
    private static final Comparator<Bookmark> ORDER =
            Comparator.comparingLong(Bookmark::time).thenComparing(Bookmark::name);

    private static Bookmark parse(String token) {
        int dot = token.indexOf('.');
        try {
            return new Bookmark(Long.parseLong(token.substring(0, Math.max(dot, 0))), token.substring(dot + 1));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "that is no token of a page", e);
        }
    }

    private String token() {
        return time + "." + name;
    }

    /// One page of what is small enough to be read as a whole.
    ///
    /// @param token of the page before, null for the first
    static <T> Page<T> page(
            List<T> all, Function<T, Bookmark> place, boolean newestFirst, int size, @Nullable String token) {
        Comparator<Bookmark> order = newestFirst ? ORDER.reversed() : ORDER;
        Bookmark after = token == null ? null : parse(token);
        List<T> left = all.stream()
                .filter(each -> after == null || order.compare(place.apply(each), after) > 0)
                .sorted(Comparator.comparing(place, order))
                .limit(size + 1L)
                .toList();
        return Page.cut(
                left, new Page.Request(token, size), last -> place.apply(last).token());
    }
}
