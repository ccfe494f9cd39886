package io.berth.stream.sqlite;

import io.berth.core.Payload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Looks into the file. One thread at a time.
final class RowReader implements AutoCloseable {
    private static final String COLUMNS = "SELECT first, count, since, until, checksum, octets FROM batch ";

    private final Connection connection;
    private final PreparedStatement from;
    private final PreparedStatement newestFirst;
    private final PreparedStatement holding;
    private final PreparedStatement after;

    RowReader(LogFile file) throws SQLException {
        this.connection = file.connect();
        this.from = connection.prepareStatement(
                COLUMNS + "WHERE first >= COALESCE((SELECT MAX(first) FROM batch WHERE first <= ?), 0) ORDER BY first");
        this.newestFirst = connection.prepareStatement(COLUMNS + "ORDER BY first DESC");
        this.holding = connection.prepareStatement(
                "SELECT first, until FROM batch WHERE first <= ? ORDER BY first DESC LIMIT 1");
        this.after = connection.prepareStatement("SELECT MIN(first) FROM batch WHERE first > ?");
    }

    /// Shows the row that holds this offset, or begins after it, and those that follow, until the visitor has
    /// enough and says false.
    void rowsFrom(long offset, Predicate<Row> visitor) throws SQLException {
        from.setLong(1, offset);
        show(from, visitor);
    }

    /// Shows the rows from the newest backwards.
    void rowsBackwards(Predicate<Row> visitor) throws SQLException {
        show(newestFirst, visitor);
    }

    private static void show(PreparedStatement statement, Predicate<Row> visitor) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            boolean more = rows.next();
            while (more) {
                more = visitor.test(row(rows)) && rows.next();
            }
        }
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getLong(1),
                rows.getInt(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getInt(5),
                Payload.owned(rows.getBytes(6)));
    }

    /// Where the first row after this offset begins.
    OptionalLong firstAfter(long offset) throws SQLException {
        after.setLong(1, offset);
        try (ResultSet row = after.executeQuery()) {
            long first = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(first);
        }
    }

    /// Where the first row begins with whose events the newest time reaches this one; times never fall from
    /// row to row.
    OptionalLong firstReaching(long millis) throws SQLException {
        OptionalLong oldest = firstAfter(Long.MIN_VALUE);
        Optional<Place> newest = holding(Long.MAX_VALUE);
        if (oldest.isEmpty() || newest.isEmpty() || newest.get().until < millis) {
            return OptionalLong.empty();
        }
        long low = oldest.getAsLong();
        long high = newest.get().first;
        while (low < high) {
            long middle = low + (high - low) / 2;
            // retention may drop the oldest meanwhile
            Optional<Place> place = holding(middle);
            if (place.isPresent() && place.get().until >= millis) {
                high = place.get().first;
            } else {
                low = firstAfter(middle).orElse(high);
            }
        }
        return OptionalLong.of(low);
    }

    private record Place(long first, long until) {}

    private Optional<Place> holding(long offset) throws SQLException {
        holding.setLong(1, offset);
        try (ResultSet row = holding.executeQuery()) {
            return row.next() ? Optional.of(new Place(row.getLong(1), row.getLong(2))) : Optional.empty();
        }
    }

    OptionalLong unusedFrom() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT unused_from FROM mark");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
