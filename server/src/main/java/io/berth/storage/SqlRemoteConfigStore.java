package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.product.RemoteConfig;
import io.berth.core.product.RemoteConfigStore;
import java.sql.SQLException;
import java.util.Optional;

/// Remote configurations: the newest of each product, and a row for each product that may use it.
final class SqlRemoteConfigStore implements RemoteConfigStore {
    private static final String SELECT = "SELECT id, product, content, sha256, created FROM remote_config";

    private final Database database;

    SqlRemoteConfigStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<RemoteConfig> find(String product) {
        return database.read(sql -> sql.one(SELECT + " WHERE product = ?", SqlRemoteConfigStore::config, product));
    }

    @Override
    public Optional<RemoteConfig> findById(String id) {
        return database.read(sql -> sql.one(SELECT + " WHERE id = ?", SqlRemoteConfigStore::config, id));
    }

    @Override
    public void put(RemoteConfig config) {
        database.write(
                config.product(),
                SqlProductStore.belonging(
                        config.product(),
                        sql -> sql.update(
                                """
                INSERT INTO remote_config (product, id, content, sha256, created) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (product) DO UPDATE SET
                    id = excluded.id, content = excluded.content, sha256 = excluded.sha256, created = excluded.created""",
                                config.product(),
                                config.id(),
                                config.content().toBytes(),
                                config.sha256(),
                                config.created())));
    }

    @Override
    public boolean isEnabled(String product) {
        return database.read(sql -> sql.exists("SELECT 1 FROM remote_config_enabled WHERE product = ?", product));
    }

    @Override
    public void enable(String product, boolean enabled) {
        String statement = enabled
                ? "INSERT INTO remote_config_enabled (product) VALUES (?) ON CONFLICT DO NOTHING"
                : "DELETE FROM remote_config_enabled WHERE product = ?";
        database.write(product, SqlProductStore.belonging(product, sql -> sql.update(statement, product)));
    }

    private static RemoteConfig config(Row row) throws SQLException {
        return new RemoteConfig(row.text(), row.text(), Payload.owned(row.bytes()), row.text(), row.instant());
    }
}
