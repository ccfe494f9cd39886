package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Gathers one page of a history. The cursor is the last time shown and how many points of just that time were
/// shown: points that arrive between two pages shift nothing.
final class HistoryPage {
    private final HistoryQuery query;
    private final Cursor after;
    private final TimeSpan span;
    private final List<HistoryPoint> found = new ArrayList<>();
    private long skipped;

    HistoryPage(HistoryQuery query) {
        this.query = query;
        TimeSpan whole = TimeSpan.of(query);
        this.after = query.page().cursor().map(Cursor::parse).orElse(Cursor.NONE);
        this.span = after.shown == 0
                ? whole
                : query.newestFirst()
                        ? new TimeSpan(whole.from(), Math.min(whole.to(), after.time + 1))
                        : new TimeSpan(Math.max(whole.from(), after.time), whole.to());
    }

    /// @param shown how many points of this time came before; 0 at the start
    private record Cursor(long time, long shown) {
        static final Cursor NONE = new Cursor(0, 0);

        static Cursor parse(String text) {
            int dot = text.indexOf('.');
            try {
                return new Cursor(
                        Long.parseLong(text.substring(0, Math.max(dot, 0))), Long.parseLong(text.substring(dot + 1)));
            } catch (NumberFormatException e) {
                throw new ProblemException(Problem.INVALID_ARGUMENT, "that is no cursor of a history", e);
            }
        }

        String text() {
            return time + "." + shown;
        }
    }

    /// What is left of the range.
    TimeSpan span() {
        return span;
    }

    /// Takes the points of the next hour, in order of time; false when the page is full.
    boolean addHour(List<Timed> points) {
        for (Timed point : query.newestFirst() ? points.reversed() : points) {
            if (span.contains(point.time()) && !isShown(point)) {
                found.add(new HistoryPoint(query.key(), Instant.ofEpochMilli(point.time()), point.value()));
            }
            if (found.size() > query.page().limit()) {
                return false;
            }
        }
        return true;
    }

    Page<HistoryPoint> toPage() {
        return Page.cut(
                found, query.page(), last -> cursor(last.time().toEpochMilli()).text());
    }

    private boolean isShown(Timed point) {
        return point.time() == after.time && skipped++ < after.shown;
    }

    private Cursor cursor(long time) {
        long shown = found.stream()
                .limit(query.page().limit())
                .filter(point -> point.time().toEpochMilli() == time)
                .count();
        return new Cursor(time, after.shown > 0 && after.time == time ? after.shown + shown : shown);
    }
}
