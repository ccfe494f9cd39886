package io.berth.storage;

import io.berth.storage.Engine.Address;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables to what this build knows.
///
/// Loading Flyway takes longer than everything else at the start together, so it is asked only when the
/// history table does not show the newest migration yet. See
/// docs/decisions/0004-plain-jdbc-and-flyway-at-need.md.
final class Schema {
    /// The number of the newest file in `db/migration`.
    static final int NEWEST = 25;

    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    static void bringUpToDate(Engine engine) throws SQLException {
        int found = engine.read(Schema::version);
        if (found > NEWEST) {
            throw new StorageException(
                    "the database has schema " + found + ", and this build knows none beyond " + NEWEST,
                    "start the Berth that wrote it, or a newer one");
        }
        if (found < NEWEST) {
            migrate(engine);
        }
    }

    private static int version(Sql sql) throws SQLException {
        Connection connection = sql.connection();
        try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        return sql.list("SELECT version FROM " + HISTORY + " WHERE success AND version IS NOT NULL", Row::text).stream()
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    private static void migrate(Engine engine) {
        Address address = engine.address();
        try {
            Flyway.configure()
                    .dataSource(address.url(), address.user(), address.password())
                    .locations("classpath:db/migration")
                    .placeholders(engine.placeholders())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure) {
                    // a full disk or a read-only file is met here first, on an empty database
                    throw engine.explain(failure);
                }
            }
            throw new StorageException(
                    "the tables of " + address + " could not be brought up to date (" + e.getMessage() + ")",
                    "mend what it names and start again",
                    e);
        }
    }
}
