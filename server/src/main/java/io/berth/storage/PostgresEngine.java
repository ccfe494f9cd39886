package io.berth.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// PostgreSQL: a pool of connections, which finds a server that went away and came back by itself.
final class PostgresEngine implements Engine {
    private static final long CONNECT_MILLIS = 5_000;

    private final HikariDataSource pool;
    private final Address address;
    private final int writers;

    private PostgresEngine(HikariDataSource pool, Address address, int writers) {
        this.pool = pool;
        this.address = address;
        this.writers = writers;
    }

    static PostgresEngine open(StorageConfig config) {
        Address address = new Address(config.url(), config.user(), config.password());
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("berth");
        settings.setJdbcUrl(address.url());
        if (!address.user().isEmpty()) {
            settings.setUsername(address.user());
        }
        if (!address.password().isEmpty()) {
            settings.setPassword(address.password());
        }
        settings.setMaximumPoolSize(config.readers() + config.writers());
        settings.setMinimumIdle(1);
        // the detail of a failed statement holds its values, so payloads and secrets: not for a log
        settings.addDataSourceProperty("logServerErrorDetail", "false");
        settings.setConnectionTimeout(CONNECT_MILLIS);
        try {
            return new PostgresEngine(new HikariDataSource(settings), address, config.writers());
        } catch (HikariPool.PoolInitializationException e) {
            throw unreachable(address, e);
        }
    }

    @Override
    public int writers() {
        return writers;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return work.run(Sql.on(connection));
        }
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            // the pool rolls back what is open when the connection comes home
            T result = work.run(Sql.on(connection));
            connection.commit();
            return result;
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "bytes",
                "BYTEA",
                "sorted_text",
                "TEXT COLLATE \"C\"",
                "identity",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "clustered",
                "",
                "now",
                "CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT)");
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public StorageException explain(SQLException failure) {
        return unreachable(address, failure);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static StorageException unreachable(Address address, Exception failure) {
        Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
        return new StorageException(
                "PostgreSQL at " + address + " cannot be used (" + cause.getMessage() + ")",
                "check storage.url, storage.user, storage.password and that the server runs",
                failure);
    }
}
