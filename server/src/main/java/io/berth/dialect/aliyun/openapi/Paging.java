package io.berth.dialect.aliyun.openapi;

import io.berth.core.Page;
import io.berth.core.Slice;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Pages by number (spec aliyun-openapi 3.1): of what core counts, and of what is small enough to be read as
/// a whole.
///
/// @param current from 1
record Paging(int current, int size) {
    private static final int DEFAULT_SIZE = 10;
    private static final int MAX_COUNTED = 10_000;

    /// A place as core tells it of listings by age: any other text would be some place as well.
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{24}");

    /// @param max of a page
    static Paging of(@Nullable Integer current, @Nullable Integer size, int max) {
        Paging paging = new Paging(current == null ? 1 : current, size == null ? DEFAULT_SIZE : size);
        Refusal.require(
                paging.current >= 1 && paging.size >= 1 && paging.size <= max,
                "common.InvalidPageParams",
                "pages are numbered from 1 and have 1 to " + max + " items");
        return paging;
    }

    /// The same for core, newest first.
    Slice slice() {
        long offset = (long) (current - 1) * size;
        Refusal.require(offset <= Slice.MAX_OFFSET, "common.InvalidPageParams", "there are no pages that far");
        return new Slice(Slice.Order.NEWEST_FIRST, null, (int) offset, size);
    }

    /// The same where pages that are too far to count are asked for by the token of the page before.
    ///
    /// @param token null for none
    Slice slice(@Nullable String token) {
        if (token != null) {
            Refusal.require(TOKEN.matcher(token).matches(), "common.InvalidPageParams", "that is no NextToken of ours");
            return new Slice(Slice.Order.NEWEST_FIRST, token, 0, size);
        }
        Refusal.require(
                (long) current * size <= MAX_COUNTED,
                "common.InvalidPageParams",
                "beyond " + MAX_COUNTED + " devices NextToken is needed");
        return slice();
    }

    /// Tells the token of this page when it is full.
    Members next(Members members, Slice.Found<?> found) {
        String last = found.last();
        return last != null && found.items().size() == size ? members.with("NextToken", last) : members;
    }

    /// Everything a listing has.
    static <T> List<T> all(Function<Page.Request, Page<T>> listing) {
        List<T> all = new ArrayList<>();
        String after = null;
        do {
            Page<T> page = listing.apply(new Page.Request(after, Page.Request.MAX_LIMIT));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    <T> List<T> of(List<T> all) {
        int start = (int) Math.min((long) (current - 1) * size, all.size());
        return all.subList(start, Math.min(start + size, all.size()));
    }

    /// @param name of the member that says which page it is: `CurrentPage` or `Page`
    Members tell(Members members, String name, long total) {
        return members.with(name, current)
                .with("PageCount", (total + size - 1) / size)
                .with("PageSize", size)
                .with("Total", total);
    }
}
