package io.berth.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Statements on one connection. Values are bound in order: text, whole numbers, flags (0 and 1), words of enums,
/// instants (milliseconds), bytes, null. One thread at a time.
final class Sql implements AutoCloseable {
    private static final int STATEMENTS_KEPT = 100;

    private final Connection connection;
    private final @Nullable SequencedMap<String, PreparedStatement> kept;

    private Sql(Connection connection, @Nullable SequencedMap<String, PreparedStatement> kept) {
        this.connection = connection;
        this.kept = kept;
    }

    /// For drivers that keep prepared statements themselves.
    static Sql on(Connection connection) {
        return new Sql(connection, null);
    }

    /// Keeps prepared statements for as long as the connection lives.
    static Sql keepingStatements(Connection connection) {
        return new Sql(connection, new LinkedHashMap<>(16, 0.75f, true));
    }

    Connection connection() {
        return connection;
    }

    /// How many rows the statement changed.
    int update(String text, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepare(text);
        try {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            discard(text);
            throw e;
        } finally {
            release(statement);
        }
    }

    /// Runs the statement once per row of values; how many rows each changed.
    int[] updateAll(String text, List<@Nullable Object[]> rows) throws SQLException {
        PreparedStatement statement = prepare(text);
        try {
            for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        } catch (SQLException | RuntimeException e) {
            discard(text); // half a batch is not to stay for the next call
            throw e;
        } finally {
            release(statement);
        }
    }

    <T> Optional<T> one(String text, Row.Reader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> found = list(text, reader, values);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    boolean exists(String text, @Nullable Object... values) throws SQLException {
        return one(text, Row::number, values).isPresent();
    }

    <T> List<T> list(String text, Row.Reader<T> reader, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepare(text);
        try {
            bind(statement, values);
            try (ResultSet results = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                Row row = new Row(results);
                while (row.next()) {
                    found.add(reader.read(row));
                }
                return found;
            }
        } catch (SQLException e) {
            discard(text);
            throw e;
        } finally {
            release(statement);
        }
    }

    /// Hands rows over one by one, until the visitor has enough. SQLite finds no more rows than were asked for.
    void scan(String text, Visitor visitor, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepare(text);
        try {
            bind(statement, values);
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                boolean more = true;
                while (more && row.next()) {
                    more = visitor.visit(row);
                }
            }
        } catch (SQLException e) {
            discard(text);
            throw e;
        } finally {
            release(statement);
        }
    }

    @FunctionalInterface
    interface Visitor {
        /// False when no more rows are wanted.
        boolean visit(Row row) throws SQLException;
    }

    /// `(?, ?), (?, ?)`: the list of a VALUES clause.
    static String values(int columns, int rows) {
        String row = "(" + "?, ".repeat(columns - 1) + "?)";
        return row + (", " + row).repeat(rows - 1);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement prepare(String text) throws SQLException {
        if (kept == null) {
            return connection.prepareStatement(text);
        }
        PreparedStatement statement = kept.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            kept.put(text, statement);
            if (kept.size() > STATEMENTS_KEPT) {
                kept.pollFirstEntry().getValue().close();
            }
        }
        return statement;
    }

    private void release(PreparedStatement statement) throws SQLException {
        if (kept == null) {
            statement.close();
        }
    }

    /// SQLite does not run a statement again that failed because its table was gone.
    private void discard(String text) throws SQLException {
        PreparedStatement statement = kept == null ? null : kept.remove(text);
        if (statement != null) {
            statement.close();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, withoutNul(text));
            case Integer number -> statement.setLong(index, number);
            case Long number -> statement.setLong(index, number);
            case Boolean flag -> statement.setLong(index, flag ? 1 : 0);
            case Enum<?> word -> statement.setString(index, word.name());
            case Instant instant -> statement.setLong(index, millis(instant));
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    /// PostgreSQL keeps no NUL in a text, and devices choose some texts.
    private static String withoutNul(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /// Instants too far for milliseconds become the farthest ones.
    static long millis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
