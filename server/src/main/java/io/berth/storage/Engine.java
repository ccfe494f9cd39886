package io.berth.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/// What differs between the databases: how connections are had, and what failures look like. The SQL is the same.
sealed interface Engine extends AutoCloseable permits SqliteEngine, PostgresEngine {
    /// A unit of work on a connection. May run more than once, so it changes nothing but the database.
    @FunctionalInterface
    interface Work<T> {
        T run(Sql sql) throws SQLException;
    }

    /// Another than the embedded one in the data directory where the configuration names it.
    static Engine open(StorageConfig config, Path dataDirectory) {
        if (config.url().startsWith("jdbc:postgresql:")) {
            return PostgresEngine.open(config);
        }
        if (!config.url().isEmpty()) {
            return SqliteEngine.open(config.url(), config.readers());
        }
        try {
            Files.createDirectories(dataDirectory);
        } catch (IOException e) {
            throw new StorageException(
                    dataDirectory + " is no directory and cannot be made one (" + e + ")",
                    "choose another data directory",
                    e);
        }
        return SqliteEngine.open("jdbc:sqlite:" + dataDirectory.resolve(SqliteEngine.FILE), config.readers());
    }

    /// How many writers make sense.
    int writers();

    /// Runs the work outside a transaction. Any thread; waits for a connection for a bounded time.
    <T> T read(Work<T> work) throws SQLException;

    /// Runs the work in a transaction of its own, durable when this returns. Called by [#writers()] threads at most.
    <T> T write(Work<T> work) throws SQLException;

    /// Whether other nodes may use the same database.
    boolean isShared();

    /// What the migrations call differently here.
    Map<String, String> placeholders();

    /// How Flyway reaches the database.
    Address address();

    record Address(String url, String user, String password) {
        /// Without parameters: one of them may be the password.
        @Override
        public String toString() {
            int parameters = url.indexOf('?');
            return parameters < 0 ? url : url.substring(0, parameters);
        }
    }

    /// What the failure means when it happens at the start.
    StorageException explain(SQLException failure);

    @Override
    void close();
}
