package io.berth.storage;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/// SQLite: one writer connection, a few readers, all of this process.
///
/// WAL lets readers read while the writer writes; `synchronous=FULL` syncs the log at every commit, so that a
/// commit survives the loss of power. See docs/decisions/0003-sqlite-one-writer-group-commit.md.
final class SqliteEngine implements Engine {
    static final String FILE = "berth.db";

    private static final Properties SETTINGS = settings();
    private static final int READER_WAIT_SECONDS = 10;

    private final String url;
    private final BlockingQueue<Sql> readers;
    private @Nullable Sql writer;

    private SqliteEngine(String url, int readers) {
        this.url = url;
        this.readers = new ArrayBlockingQueue<>(readers);
    }

    static SqliteEngine open(String url, int readers) {
        SqliteEngine engine = new SqliteEngine(url, readers);
        try {
            engine.writer = engine.connect();
            for (int i = 0; i < readers; i++) {
                engine.readers.add(engine.connect());
            }
            return engine;
        } catch (SQLException e) {
            engine.close();
            throw engine.explain(e);
        }
    }

    @Override
    public int writers() {
        return 1;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        Sql sql = borrow();
        try {
            return work.run(sql);
        } finally {
            readers.add(sql);
        }
    }

    /// Not synchronised: one thread writes.
    @Override
    public <T> T write(Work<T> work) throws SQLException {
        Sql sql = writer != null ? writer : connect();
        writer = sql;
        boolean committed = false;
        try {
            // the driver begins here and commits below; its commit() would at once begin the next transaction
            sql.connection().setAutoCommit(false);
            T result = work.run(sql);
            sql.connection().setAutoCommit(true);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                // closing rolls back whatever state a full disk left; the next write connects anew
                writer = null;
                sql.close();
            }
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "bytes",
                "BLOB",
                "sorted_text",
                "TEXT",
                "identity",
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "clustered",
                "WITHOUT ROWID",
                "now",
                "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)");
    }

    @Override
    public Address address() {
        return new Address(url, "", "");
    }

    @Override
    public StorageException explain(SQLException failure) {
        String file = url.substring(JDBC.PREFIX.length());
        // the low byte is the primary result code
        return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff)) {
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                new StorageException(
                        file + " is damaged or no SQLite database",
                        "restore it from a backup, or move it away to start empty",
                        failure);
            case SQLITE_READONLY, SQLITE_PERM ->
                new StorageException(
                        file + " cannot be written", "give this user the right to write it and its directory", failure);
            case SQLITE_CANTOPEN ->
                new StorageException(
                        file + " cannot be opened", "make its directory one this user can write to", failure);
            case SQLITE_FULL ->
                new StorageException("the disk of " + file + " is full", "free some space and start again", failure);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new StorageException(
                        file + " is locked by another process", "stop the server that uses it already", failure);
            default ->
                new StorageException(
                        file + " cannot be used (" + failure.getMessage() + ")", "see the log for the cause", failure);
        };
    }

    @Override
    public void close() {
        Sql last = writer;
        if (last != null) {
            closeQuietly(last);
        }
        readers.forEach(SqliteEngine::closeQuietly);
    }

    private Sql borrow() throws SQLException {
        try {
            Sql sql = readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
            if (sql != null) {
                return sql;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("no reader connection became free");
    }

    private Sql connect() throws SQLException {
        Sql sql = Sql.keepingStatements(JDBC.createConnection(url, (Properties) SETTINGS.clone()));
        // pages: with 32 MB of log a page changed by many commits is written back once
        sql.list("PRAGMA wal_autocheckpoint = 8000", Row::number);
        return sql;
    }

    private static void closeQuietly(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            Database.LOG.warn("an SQLite connection did not close", e);
        }
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("foreign_keys", "true");
        settings.setProperty("busy_timeout", "5000");
        settings.setProperty("transaction_mode", "IMMEDIATE");
        // at most 64 MB for each connection: an import into a large registry touches pages all over two indexes
        settings.setProperty("cache_size", "-64000");
        return settings;
    }
}
