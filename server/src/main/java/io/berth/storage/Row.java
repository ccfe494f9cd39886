package io.berth.storage;

import io.berth.core.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One row of a result, read from left to right: each call takes the next column.
final class Row {
    private final ResultSet results;
    private int column;

    Row(ResultSet results) {
        this.results = results;
    }

    boolean next() throws SQLException {
        column = 0;
        return results.next();
    }

    /// Makes a value of the current row.
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    String text() throws SQLException {
        return notNull(results.getString(++column));
    }

    @Nullable
    String textOrNull() throws SQLException {
        return results.getString(++column);
    }

    byte[] bytes() throws SQLException {
        return notNull(results.getBytes(++column));
    }

    Payload payload() throws SQLException {
        return Payload.owned(bytes());
    }

    long number() throws SQLException {
        return results.getLong(++column);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long number = results.getLong(++column);
        return results.wasNull() ? null : number;
    }

    boolean flag() throws SQLException {
        return number() != 0;
    }

    Instant instant() throws SQLException {
        return Instant.ofEpochMilli(number());
    }

    @Nullable
    Instant instantOrNull() throws SQLException {
        Long millis = numberOrNull();
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    <E extends Enum<E>> E word(Class<E> type) throws SQLException {
        return Enum.valueOf(type, text());
    }

    private <T> T notNull(@Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}
