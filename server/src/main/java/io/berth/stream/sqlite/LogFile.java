package io.berth.stream.sqlite;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/// The file of the log: how connections to it are had, and what its failures mean.
final class LogFile {
    static final String NAME = "events.db";

    private static final int SCHEMA = 1;

    /// Batches are large: a large page means fewer of them to write.
    static final int PAGE_BYTES = 16 << 10;

    private static final String[] TABLES = {
        """
        CREATE TABLE IF NOT EXISTS batch (
          first INTEGER PRIMARY KEY,
          count INTEGER NOT NULL,
          since INTEGER NOT NULL,
          until INTEGER NOT NULL,
          checksum INTEGER NOT NULL,
          octets BLOB NOT NULL)""",
        // rows whose checksum was wrong at a start
        """
        CREATE TABLE IF NOT EXISTS damaged (
          first INTEGER NOT NULL,
          count INTEGER NOT NULL,
          since INTEGER NOT NULL,
          until INTEGER NOT NULL,
          checksum INTEGER NOT NULL,
          octets BLOB NOT NULL)""",
        // no offset from here on was ever given
        "CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY CHECK (id = 1), unused_from INTEGER NOT NULL)",
        // written and deleted to see whether there is room again
        "CREATE TABLE IF NOT EXISTS probe (octets BLOB NOT NULL)"
    };

    private final Path path;
    private final Connector connector;

    LogFile(Path directory, Connector connector) {
        this.path = directory.resolve(NAME);
        this.connector = connector;
    }

    /// Opens connections; tests add bounds of their own to them.
    @FunctionalInterface
    interface Connector {
        Connection connect(String url, Properties settings) throws SQLException;
    }

    /// A connection whose commits are on the disk when they return.
    Connection connect() throws SQLException {
        return connect("FULL");
    }

    /// A connection whose commits are on the disk with the next one of another connection.
    Connection connectUnsynced() throws SQLException {
        return connect("NORMAL");
    }

    private Connection connect(String synchronous) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("page_size", Integer.toString(PAGE_BYTES));
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", synchronous);
        settings.setProperty("busy_timeout", "10000");
        // room for a batch, so that none is written twice
        settings.setProperty("cache_size", "-4000");
        settings.setProperty("journal_size_limit", Integer.toString(64 << 20));
        Connection connection = connector.connect(JDBC.PREFIX + path, settings);
        // the upkeep does this beside the writer
        pragma(connection, "wal_autocheckpoint = 0");
        return connection;
    }

    void createTables(Connection connection) throws SQLException {
        long version = pragma(connection, "user_version");
        if (version > SCHEMA) {
            throw new ProblemException(
                    Problem.STORAGE_UNAVAILABLE, path + " was written by a later release: start that one");
        }
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        if (version < SCHEMA) {
            pragma(connection, "user_version = " + SCHEMA);
        }
    }

    /// Octets of the file that hold something.
    static long usedBytes(Connection connection) throws SQLException {
        return (pragma(connection, "page_count") - pragma(connection, "freelist_count"))
                * pragma(connection, "page_size");
    }

    /// The first number a pragma answers, 0 when it answers none.
    static long pragma(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute("PRAGMA " + pragma)) {
                return 0;
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    /// What the failure means to the operator, and what to do about it, as sentences.
    String explain(SQLException failure) {
        // the low byte is the primary result code
        return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff)) {
            case SQLITE_FULL -> "the disk of " + path + " is full: free some space";
            case SQLITE_READONLY, SQLITE_PERM ->
                path + " cannot be written: give this user the right to write it and its directory";
            case SQLITE_CANTOPEN -> path + " cannot be opened: make its directory one this user can write to";
            case SQLITE_BUSY, SQLITE_LOCKED -> path + " is locked by another process: stop whoever uses it";
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                path + " is damaged or no SQLite database: restore it from a backup, or move it away and start with"
                        + " an empty event log";
            default -> path + " cannot be used (" + failure.getMessage() + "): see to the disk";
        };
    }

    ProblemException unusable(SQLException failure) {
        return new ProblemException(Problem.STORAGE_UNAVAILABLE, explain(failure), failure);
    }

    Path path() {
        return path;
    }
}
