package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// A table of history for each day, so that what is too old goes at once and not row by row. A row is a chunk
/// of one thing and hour; the key lays the rows of a thing beside each other, in order of time.
///
/// A day's name is made of its date alone. Any thread; which days there are is told by [#made] and [#dropped]
/// after the commit.
final class HistoryTables {
    private static final int HOURS = 24;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'thing_history_'uuuuMMdd");

    private final String columns;
    private final NavigableSet<Long> days = new ConcurrentSkipListSet<>();

    HistoryTables(Database database) {
        String bytes = database.placeholders().get("bytes");
        String name = database.placeholders().get("sorted_text");
        columns = " (product " + name + " NOT NULL, name " + name + " NOT NULL, hour BIGINT NOT NULL,"
                + " number BIGINT NOT NULL, points " + bytes + " NOT NULL, PRIMARY KEY (product, name, hour, number)) "
                + database.placeholders().get("clustered");
        days.addAll(database.read(sql -> sql.list("SELECT day FROM thing_history_day", Row::number)));
    }

    /// @param number of the fold that made it; with thing and hour its name
    record Chunk(DeviceId device, long hour, long number, Payload points) {
        long day() {
            return dayOf(hour);
        }
    }

    @FunctionalInterface
    interface Visitor {
        /// False when no more chunks are wanted.
        boolean visit(long hour, Payload points);
    }

    /// @param first included, in hours since 1970
    /// @param last included
    record Hours(long first, long last) {}

    static long dayOf(long hour) {
        return Math.floorDiv(hour, HOURS);
    }

    static String table(long day) {
        return LocalDate.ofEpochDay(day).format(NAME);
    }

    void write(Sql sql, List<Chunk> chunks) throws SQLException {
        for (long day : missing(chunks)) {
            sql.update("CREATE TABLE IF NOT EXISTS " + table(day) + columns);
            sql.update("INSERT INTO thing_history_day (day) VALUES (?) ON CONFLICT DO NOTHING", day);
        }
        for (long day : daysOf(chunks)) {
            List<@Nullable Object[]> rows = chunks.stream()
                    .filter(chunk -> chunk.day() == day)
                    .map(chunk -> new @Nullable Object[] {
                        chunk.device().product(),
                        chunk.device().name(),
                        chunk.hour(),
                        chunk.number(),
                        chunk.points().toBytes()
                    })
                    .toList();
            sql.updateAll(
                    "INSERT INTO " + table(day) + " (product, name, hour, number, points) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (product, name, hour, number) DO UPDATE SET points = excluded.points",
                    rows);
        }
    }

    /// Hears that these chunks were committed.
    void made(List<Chunk> chunks) {
        days.addAll(missing(chunks));
    }

    Optional<Payload> read(Sql sql, DeviceId device, long hour, long number) throws SQLException {
        long day = dayOf(hour);
        return !days.contains(day)
                ? Optional.empty()
                : sql.one(
                        "SELECT points FROM " + table(day)
                                + " WHERE product = ? AND name = ? AND hour = ? AND number = ?",
                        Row::payload,
                        device.product(),
                        device.name(),
                        hour,
                        number);
    }

    /// The thing's chunks in order of hour and then of coming, or backwards.
    void scan(Sql sql, DeviceId device, Hours hours, boolean backwards, Visitor visitor) throws SQLException {
        NavigableSet<Long> within = days.subSet(dayOf(hours.first), true, dayOf(hours.last), true);
        boolean[] more = {true};
        for (long day : backwards ? within.descendingSet() : within) {
            sql.scan(
                    select(day, backwards),
                    row -> more[0] = visitor.visit(row.number(), row.payload()),
                    device.product(),
                    device.name(),
                    hours.first,
                    hours.last);
            if (!more[0]) {
                return;
            }
        }
    }

    static String select(long day, boolean backwards) {
        String order = backwards ? "hour DESC, number DESC" : "hour, number";
        return "SELECT hour, points FROM " + table(day)
                + " WHERE product = ? AND name = ? AND hour >= ? AND hour <= ? ORDER BY " + order;
    }

    void erase(Sql sql, Collection<DeviceId> devices) throws SQLException {
        List<@Nullable Object[]> rows = devices.stream()
                .map(device -> new @Nullable Object[] {device.product(), device.name()})
                .toList();
        for (long day : days) {
            sql.updateAll("DELETE FROM " + table(day) + " WHERE product = ? AND name = ?", rows);
        }
    }

    /// The days before this one that still have a table.
    List<Long> before(long day) {
        return List.copyOf(days.headSet(day));
    }

    static void drop(Sql sql, long day) throws SQLException {
        sql.update("DROP TABLE IF EXISTS " + table(day));
        sql.update("DELETE FROM thing_history_day WHERE day = ?", day);
    }

    /// Hears that a day's table is gone.
    void dropped(long day) {
        days.remove(day);
    }

    private Set<Long> missing(List<Chunk> chunks) {
        Set<Long> missing = daysOf(chunks);
        missing.removeAll(days);
        return missing;
    }

    private static Set<Long> daysOf(List<Chunk> chunks) {
        Set<Long> found = new java.util.TreeSet<>();
        chunks.forEach(chunk -> found.add(chunk.day()));
        return found;
    }
}
