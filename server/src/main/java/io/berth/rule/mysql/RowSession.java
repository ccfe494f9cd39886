package io.berth.rule.mysql;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.Columns;
import io.berth.rule.Spares;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import java.sql.JDBCType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A connection and its prepared INSERT. One thread at a time; blocks.
final class RowSession implements Spares.Spare {
    private static final Set<JDBCType> TIMES = Set.of(JDBCType.TIMESTAMP, JDBCType.DATE);
    private static final Duration QUICKLY = Duration.ofSeconds(1);

    private final MySQLConnection connection;
    private final PreparedStatement insert;
    private final List<Boolean> times;
    private long lastUse = System.nanoTime();

    private RowSession(MySQLConnection connection, PreparedStatement insert, List<Boolean> times) {
        this.connection = connection;
        this.insert = insert;
        this.times = times;
    }

    /// @param describe asks for the columns and for no row
    record Statements(String describe, String insert) {
        static Statements of(Columns columns, String table) {
            return new Statements(
                    "SELECT " + columns.list(Statements::quoted) + " FROM " + Columns.table(table, Statements::quoted)
                            + " WHERE 1 = 0",
                    columns.insert(table, Statements::quoted));
        }

        private static String quoted(String name) {
            return '`' + name.replace("`", "``") + '`';
        }
    }

    /// Takes the connection over; closes it when the table is not as the statements have it.
    static RowSession open(MySQLConnection connection, Statements statements)
            throws ExecutionException, InterruptedException {
        boolean whole = false;
        try {
            // columns without a zone are filled with UTC
            MySqlClient.result(connection.query("SET time_zone = '+00:00'").execute());
            RowSet<Row> none =
                    MySqlClient.result(connection.query(statements.describe()).execute());
            PreparedStatement insert = MySqlClient.result(connection.prepare(statements.insert()));
            List<Boolean> times = none.columnDescriptors().stream()
                    .map(ColumnDescriptor::jdbcType)
                    .map(TIMES::contains)
                    .toList();
            whole = true;
            return new RowSession(connection, insert, times);
        } finally {
            if (!whole) {
                connection.close();
            }
        }
    }

    void insert(List<Value> row) throws ExecutionException, InterruptedException {
        Tuple tuple = Tuple.tuple();
        for (int i = 0; i < row.size(); i++) {
            tuple.addValue(times.get(i) ? time(row.get(i)) : plain(row.get(i)));
        }
        MySqlClient.result(insert.query().execute(tuple));
        lastUse = System.nanoTime();
    }

    @Override
    public boolean isAlive() {
        if (System.nanoTime() - lastUse < QUICKLY.toNanos()) {
            return true;
        }
        try {
            connection.ping().toCompletionStage().toCompletableFuture().get(QUICKLY.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Nothing _ -> null;
            case Value.Text(String text) -> text;
            case Value.Whole(long number) -> number;
            case Value.Decimal(double number) -> number;
            case Value.Flag(boolean on) -> on;
            case Value.Moment moment -> moment.time().toEpochMilli();
            case Value.Items _, Value.Fields _ -> ValueJson.write(value);
        };
    }

    /// A time as the column takes it: messages say it in milliseconds or in ISO 8601, whose zone MySQL does
    /// not read.
    private static @Nullable Object time(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> utc(Instant.ofEpochMilli(number));
            case Value.Moment(Instant time) -> utc(time);
            case Value.Text(String text) -> {
                try {
                    yield utc(OffsetDateTime.parse(text).toInstant());
                } catch (DateTimeException _) {
                    yield text;
                }
            }
            default -> plain(value);
        };
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
