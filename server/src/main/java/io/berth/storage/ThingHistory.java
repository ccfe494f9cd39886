package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.state.HistoryBucket;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.storage.HistoryTables.Hours;
import io.berth.storage.ThingMemory.Glimpse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Reads the history of things: what the tables have and what is still pending, an hour at a time. Blocking;
/// whoever calls sees to it that no fold runs meanwhile.
final class ThingHistory {
    private final Database database;
    private final ThingMemory memory;
    private final HistoryTables tables;

    ThingHistory(Database database, ThingMemory memory, HistoryTables tables) {
        this.database = database;
        this.memory = memory;
        this.tables = tables;
    }

    Page<HistoryPoint> page(HistoryQuery query) {
        HistoryPage page = new HistoryPage(query);
        walk(query, page.span(), page::addHour);
        return page.toPage();
    }

    List<HistoryBucket> buckets(HistoryQuery query, Duration width) {
        HistoryBuckets buckets = new HistoryBuckets(TimeSpan.of(query), width);
        HistoryQuery forwards = new HistoryQuery(
                query.device(), query.kind(), query.key(), query.from(), query.to(), false, query.page());
        walk(forwards, TimeSpan.of(query), buckets::addHour);
        return buckets.toList();
    }

    /// Takes the points of an hour, in order of time.
    @FunctionalInterface
    private interface HourVisitor {
        /// False when no more hours are wanted.
        boolean visit(List<Timed> points);
    }

    private void walk(HistoryQuery query, TimeSpan span, HourVisitor visitor) {
        if (span.isEmpty()) {
            return;
        }
        Glimpse glimpse = memory.glimpse(query.device());
        Walk walk = new Walk(query, pending(glimpse, Series.of(query)), visitor);
        Hours hours = new Hours(HistoryChunk.hourOf(span.from()), HistoryChunk.hourOf(span.to() - 1));
        if (!glimpse.haunted()) {
            database.read(sql -> {
                tables.scan(sql, query.device(), hours, query.newestFirst(), walk::chunk);
                return hours;
            });
        }
        walk.end();
    }

    private static NavigableMap<Long, List<Timed>> pending(Glimpse glimpse, Series wanted) {
        NavigableMap<Long, List<Timed>> hours = new TreeMap<>();
        PendingEntries.each(
                glimpse.pending(),
                entry -> PendingEntries.points(entry, (series, point) -> {
                    if (series.equals(wanted)) {
                        hours.computeIfAbsent(HistoryChunk.hourOf(point.time()), _ -> new ArrayList<>())
                                .add(point);
                    }
                }));
        return hours;
    }

    /// Puts the chunks of an hour together, with what is pending of it, and the hours in order.
    private static final class Walk {
        private final Series series;
        private final NavigableMap<Long, List<Timed>> pending;
        private final HourVisitor visitor;
        private final boolean backwards;
        private final List<Payload> chunks = new ArrayList<>();
        private long hour = Long.MIN_VALUE;
        private boolean more = true;

        Walk(HistoryQuery query, NavigableMap<Long, List<Timed>> pending, HourVisitor visitor) {
            this.series = Series.of(query);
            this.backwards = query.newestFirst();
            this.pending = backwards ? pending.descendingMap() : pending;
            this.visitor = visitor;
        }

        boolean chunk(long chunkHour, Payload points) {
            if (chunkHour != hour) {
                endHour();
                for (Long before : List.copyOf(pending.headMap(chunkHour, false).keySet())) {
                    hour = before;
                    endHour();
                }
                hour = chunkHour;
            }
            chunks.add(points);
            return more;
        }

        void end() {
            endHour();
            for (Long left : List.copyOf(pending.keySet())) {
                hour = left;
                endHour();
            }
        }

        private void endHour() {
            List<Timed> late = pending.remove(hour);
            if (!more || (late == null && chunks.isEmpty())) {
                return;
            }
            HistoryChunk whole = new HistoryChunk(hour);
            (backwards ? chunks.reversed() : chunks).forEach(points -> whole.addAll(points, series));
            if (late != null) {
                late.forEach(point -> whole.add(series, point));
            }
            chunks.clear();
            more = visitor.visit(whole.points(series));
        }
    }
}
