package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.CallerStore;
import io.berth.core.caller.Rights;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Access keys, password hashes, tokens.
final class SqlCallerStore implements CallerStore {
    private final Database database;
    private final SecretCipher cipher;
    private final InstantSource clock;

    SqlCallerStore(Database database, SecretCipher cipher, InstantSource clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    @Override
    public void insert(AccessKey key) {
        int inserted = database.write(
                key.id(),
                sql -> sql.update(
                        "INSERT INTO access_key (id, secret, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        key.id(),
                        cipher.seal(key.secret(), SecretCipher.rowOfAccessKey(key.id())),
                        key.created()));
        if (inserted == 0) {
            throw new ProblemException(Problem.ACCESS_KEY_EXISTS, "access key \"" + key.id() + "\" exists");
        }
    }

    @Override
    public Optional<AccessKey> findAccessKey(String id) {
        return database.read(
                sql -> sql.one("SELECT id, secret, created FROM access_key WHERE id = ?", this::accessKey, id));
    }

    @Override
    public List<AccessKey> listAccessKeys() {
        return database.read(
                sql -> sql.list("SELECT id, secret, created FROM access_key ORDER BY id", this::accessKey));
    }

    @Override
    public void deleteAccessKey(String id) {
        int deleted = database.write(id, sql -> sql.update("DELETE FROM access_key WHERE id = ?", id));
        if (deleted == 0) {
            throw new ProblemException(Problem.ACCESS_KEY_NOT_FOUND, "no access key \"" + id + "\"");
        }
    }

    @Override
    public Optional<String> findPasswordHash(String user) {
        return database.read(sql -> sql.one("SELECT hash FROM user_password WHERE user_name = ?", Row::text, user));
    }

    @Override
    public void putPasswordHash(String user, String hash) {
        database.change(user, sql -> sql.update("""
                        INSERT INTO user_password (user_name, hash) VALUES (?, ?)
                        ON CONFLICT (user_name) DO UPDATE SET hash = excluded.hash""", user, hash));
    }

    @Override
    public void insertToken(String digest, String name, Instant expires) {
        database.change(digest, sql -> {
            sql.update("DELETE FROM token WHERE expires <= ?", clock.instant());
            sql.update("INSERT INTO token (digest, name, expires) VALUES (?, ?, ?)", digest, name, expires);
        });
    }

    @Override
    public Optional<String> findToken(String digest, Instant now) {
        return database.read(
                sql -> sql.one("SELECT name FROM token WHERE digest = ? AND expires > ?", Row::text, digest, now));
    }

    private AccessKey accessKey(Row row) throws SQLException {
        String id = row.text();
        return new AccessKey(
                id, cipher.open(row.bytes(), SecretCipher.rowOfAccessKey(id)), id, Rights.ALL, true, row.instant());
    }
}
