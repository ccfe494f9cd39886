package io.berth.rule.postgresql;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.DestinationConfig;
import io.berth.rule.Spares;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// A connection and its prepared INSERT. One thread at a time.
final class RowSession implements Spares.Spare {
    private static final Set<String> TIMES = Set.of("timestamptz", "timestamp", "date");
    private static final Duration QUICKLY = Duration.ofSeconds(1);

    private final Connection connection;
    private final PreparedStatement insert;
    private final List<Boolean> times = new ArrayList<>();
    private long lastUse = System.nanoTime();

    private RowSession(Connection connection, String sql) throws SQLException {
        this.connection = connection;
        this.insert = connection.prepareStatement(sql);
        ParameterMetaData parameters = insert.getParameterMetaData();
        for (int i = 1; i <= parameters.getParameterCount(); i++) {
            times.add(TIMES.contains(parameters.getParameterTypeName(i)));
        }
    }

    /// Opens sessions of one destination.
    record Opener(DestinationConfig.PostgreSql config, String sql, DriverWay way, Duration patience) {
        RowSession open() throws SQLException {
            Connection connection = way.call(this::connect);
            try {
                return new RowSession(connection, sql);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        private Connection connect() throws SQLException {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setServerNames(new String[] {way.server().bracketed()});
            source.setPortNumbers(new int[] {way.server().port()});
            source.setDatabaseName(config.database());
            source.setUser(config.user());
            source.setPassword(config.password().text());
            source.setApplicationName("berth");
            // texts go as they are, and the server reads them as the column's type
            source.setStringType("unspecified");
            source.setGssEncMode("disable");
            source.setSslMode(config.tls() ? "verify-full" : "disable");
            source.setSslfactory(DriverTls.class.getName());
            source.setProperty(PGProperty.SOCKET_FACTORY, DriverSockets.class.getName());
            int seconds = (int) Math.max(1, patience.toSeconds());
            source.setConnectTimeout(seconds);
            source.setSocketTimeout(seconds);
            source.setCancelSignalTimeout(1);
            return source.getConnection();
        }
    }

    void insert(List<Value> row) throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            String text = text(row.get(i), times.get(i));
            if (text == null) {
                insert.setNull(i + 1, Types.NULL);
            } else {
                insert.setString(i + 1, text);
            }
        }
        insert.executeUpdate();
        lastUse = System.nanoTime();
    }

    @Override
    public boolean isAlive() {
        try {
            return System.nanoTime() - lastUse < QUICKLY.toNanos() || connection.isValid((int) QUICKLY.toSeconds());
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // it is gone either way
        }
    }

    /// @param isTime whether the column is a point in time, which messages say in milliseconds
    private static @Nullable String text(Value value, boolean isTime) {
        return switch (value) {
            case Value.Nothing _ -> null;
            case Value.Text(String text) -> text;
            case Value.Whole(long number) ->
                isTime ? Instant.ofEpochMilli(number).toString() : Long.toString(number);
            case Value.Moment(Instant time) -> isTime ? time.toString() : Long.toString(time.toEpochMilli());
            // 21.0 is a whole number where the column wants one
            case Value.Decimal(double number) ->
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case Value.Flag _, Value.Items _, Value.Fields _ -> ValueJson.write(value);
        };
    }
}
