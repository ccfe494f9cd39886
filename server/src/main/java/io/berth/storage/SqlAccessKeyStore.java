package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeyStore;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.KeyUse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Access keys. All of them are in memory for whoever asks for one: signed calls come by the thousand a
/// second, and an id that nobody has must not reach the database either.
final class SqlAccessKeyStore implements AccessKeyStore {
    /// Another node's change takes effect here after this.
    private static final Duration KEPT = Duration.ofSeconds(5);

    private static final String LANE = "access-keys";
    private static final String KEY = "id, secret, owner, " + RightsColumns.NAMES + ", enabled, created";

    private final Database database;
    private final SecretCipher cipher;
    private final RecentReading<Map<String, AccessKey>> recent;

    SqlAccessKeyStore(Database database, SecretCipher cipher, InstantSource clock) {
        this.database = database;
        this.cipher = cipher;
        this.recent = new RecentReading<>(this::readAll, KEPT, clock);
    }

    @Override
    public void insert(AccessKey key) {
        change(sql -> {
            demandRoom(sql, key);
            int inserted = sql.update(
                    "INSERT INTO access_key (" + KEY + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    key.id(),
                    cipher.seal(key.secret(), SecretCipher.rowOfAccessKey(key.id())),
                    key.owner(),
                    key.rights().role(),
                    RightsColumns.spaces(key.rights()),
                    RightsColumns.areas(key.rights()),
                    key.enabled(),
                    key.created());
            if (inserted == 0) {
                throw new ProblemException(Problem.ACCESS_KEY_EXISTS, "access key \"" + key.id() + "\" exists");
            }
        });
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(recent.get().get(id));
    }

    @Override
    public List<Used> list() {
        return database.read(sql ->
                sql.list("SELECT " + KEY + ", used, used_from, used_over FROM access_key ORDER BY id", this::used));
    }

    @Override
    public void update(AccessKey key) {
        change(sql -> {
            int updated = sql.update(
                    "UPDATE access_key SET owner = ?, role = ?, spaces = ?, areas = ?, enabled = ? WHERE id = ?",
                    key.owner(),
                    key.rights().role(),
                    RightsColumns.spaces(key.rights()),
                    RightsColumns.areas(key.rights()),
                    key.enabled(),
                    key.id());
            demandFound(updated, key.id());
            demandFewOf(sql, key.owner(), AccessKeys.PER_OWNER);
        });
    }

    @Override
    public void delete(String id) {
        change(sql -> demandFound(sql.update("DELETE FROM access_key WHERE id = ?", id), id));
    }

    @Override
    public CompletableFuture<Void> recordUses(Collection<KeyUse> uses) {
        List<@Nullable Object[]> rows = uses.stream()
                .map(use -> new @Nullable Object[] {use.at(), use.address(), use.api(), use.key(), use.at()})
                .toList();
        return database.submitChange(
                LANE,
                sql -> sql.updateAll(
                        "UPDATE access_key SET used = ?, used_from = ?, used_over = ?"
                                + " WHERE id = ? AND (used IS NULL OR used < ?)",
                        rows));
    }

    private void change(Database.Change change) {
        database.change(LANE, change);
        recent.forget();
    }

    private static void demandRoom(Sql sql, AccessKey key) throws SQLException {
        long all = sql.one("SELECT COUNT(*) FROM access_key", Row::number).orElse(0L);
        if (all >= AccessKeys.MOST) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED, "there are " + AccessKeys.MOST + " access keys already: delete some");
        }
        demandFewOf(sql, key.owner(), AccessKeys.PER_OWNER - 1);
    }

    private static void demandFewOf(Sql sql, String owner, int most) throws SQLException {
        if (owner.isEmpty()) {
            return;
        }
        long live = sql.one("SELECT COUNT(*) FROM access_key WHERE owner = ? AND enabled = 1", Row::number, owner)
                .orElse(0L);
        if (live > most) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED,
                    "\"" + owner + "\" has " + AccessKeys.PER_OWNER
                            + " access keys that work already: disable or delete one first");
        }
    }

    private static void demandFound(int rows, String id) {
        if (rows == 0) {
            throw new ProblemException(Problem.ACCESS_KEY_NOT_FOUND, "no access key \"" + id + "\"");
        }
    }

    private Map<String, AccessKey> readAll() {
        return database.read(sql -> sql.list("SELECT " + KEY + " FROM access_key", this::key)).stream()
                .collect(Collectors.toUnmodifiableMap(AccessKey::id, Function.identity()));
    }

    private AccessKey key(Row row) throws SQLException {
        String id = row.text();
        return new AccessKey(
                id,
                cipher.open(row.bytes(), SecretCipher.rowOfAccessKey(id)),
                row.text(),
                RightsColumns.read(row),
                row.flag(),
                row.instant());
    }

    private Used used(Row row) throws SQLException {
        AccessKey key = key(row);
        Instant at = row.instantOrNull();
        return new Used(key, at == null ? null : new KeyUse(key.id(), at, row.text(), row.text()));
    }
}
