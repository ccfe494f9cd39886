package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.BearerToken;
import io.berth.core.caller.CallerStore;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.caller.User;
import io.berth.core.caller.Users;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Users, password hashes, tokens. All users are in memory for whoever asks for one.
final class SqlCallerStore implements CallerStore {
    /// Another node's change takes effect here after this.
    private static final Duration KEPT = Duration.ofSeconds(5);

    /// One lane: whether an administrator is left is decided by one after the other.
    private static final String LANE = "users";

    private static final String USER = "user_name, " + RightsColumns.NAMES + ", enabled, created";
    private static final String TOKEN = "digest, name, expires, " + RightsColumns.NAMES;

    private final Database database;
    private final InstantSource clock;
    private final RecentReading<Map<String, User>> users;

    SqlCallerStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.users = new RecentReading<>(this::readUsers, KEPT, clock);
    }

    @Override
    public void insert(User user, String passwordHash) {
        change(sql -> {
            long all =
                    sql.one("SELECT COUNT(*) FROM platform_user", Row::number).orElse(0L);
            if (all >= Users.MOST) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + Users.MOST + " users already");
            }
            int inserted = sql.update(
                    "INSERT INTO platform_user (hash, " + USER + ") VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    passwordHash,
                    user.name(),
                    user.rights().role(),
                    RightsColumns.spaces(user.rights()),
                    RightsColumns.areas(user.rights()),
                    user.enabled(),
                    user.created());
            if (inserted == 0) {
                throw new ProblemException(Problem.USER_EXISTS, "user \"" + user.name() + "\" exists");
            }
        });
    }

    @Override
    public List<User> listUsers() {
        return database.read(SqlCallerStore::users);
    }

    @Override
    public Optional<User> findUser(String name) {
        return Optional.ofNullable(users.get().get(name));
    }

    @Override
    public Optional<String> findPasswordHash(String user) {
        return database.read(sql -> sql.one("SELECT hash FROM platform_user WHERE user_name = ?", Row::text, user));
    }

    @Override
    public void putPasswordHash(String user, String hash) {
        change(sql -> {
            demandFound(sql.update("UPDATE platform_user SET hash = ? WHERE user_name = ?", hash, user), user);
            deleteTokensOf(sql, user);
        });
    }

    @Override
    public void update(User user) {
        change(sql -> {
            int updated = sql.update(
                    "UPDATE platform_user SET role = ?, spaces = ?, areas = ?, enabled = ? WHERE user_name = ?",
                    user.rights().role(),
                    RightsColumns.spaces(user.rights()),
                    RightsColumns.areas(user.rights()),
                    user.enabled(),
                    user.name());
            demandFound(updated, user.name());
            demandAdministrator(sql);
        });
    }

    @Override
    public void deleteUser(String name) {
        change(sql -> {
            demandFound(sql.update("DELETE FROM platform_user WHERE user_name = ?", name), name);
            deleteTokensOf(sql, name);
            demandAdministrator(sql);
        });
    }

    @Override
    public void insertToken(BearerToken token) {
        Rights rights = token.rights();
        database.change(LANE, sql -> {
            sql.update("DELETE FROM token WHERE expires <= ?", clock.instant());
            sql.update(
                    "INSERT INTO token (" + TOKEN + ") VALUES (?, ?, ?, ?, ?, ?)",
                    token.digest(),
                    token.name(),
                    token.expires(),
                    rights == null ? null : rights.role(),
                    rights == null ? "" : RightsColumns.spaces(rights),
                    rights == null ? "" : RightsColumns.areas(rights));
        });
    }

    @Override
    public Optional<BearerToken> findToken(String digest, Instant now) {
        return database.read(sql -> sql.one(
                "SELECT " + TOKEN + " FROM token WHERE digest = ? AND expires > ?",
                SqlCallerStore::token,
                digest,
                now));
    }

    @Override
    public List<BearerToken> listNamedTokens(Instant now) {
        return database.read(sql -> sql.list(
                "SELECT " + TOKEN + " FROM token WHERE role IS NOT NULL AND expires > ? ORDER BY name, expires",
                SqlCallerStore::token,
                now));
    }

    @Override
    public void deleteNamedTokens(String name) {
        change(sql -> {
            if (sql.update("DELETE FROM token WHERE name = ? AND role IS NOT NULL", name) == 0) {
                throw new ProblemException(Problem.NOT_FOUND, "no token \"" + name + "\"");
            }
        });
    }

    private void change(Database.Change change) {
        database.change(LANE, change);
        users.forget();
    }

    private static void deleteTokensOf(Sql sql, String user) throws SQLException {
        sql.update("DELETE FROM token WHERE name = ? AND role IS NULL", user);
    }

    private static void demandFound(int rows, String user) {
        if (rows == 0) {
            throw new ProblemException(Problem.NOT_FOUND, "no user \"" + user + "\"");
        }
    }

    private static void demandAdministrator(Sql sql) throws SQLException {
        if (users(sql).stream().noneMatch(User::isAdministrator)) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED, "this is the last administrator: make another one before");
        }
    }

    private Map<String, User> readUsers() {
        return listUsers().stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
    }

    private static List<User> users(Sql sql) throws SQLException {
        return sql.list("SELECT " + USER + " FROM platform_user ORDER BY user_name", SqlCallerStore::user);
    }

    private static User user(Row row) throws SQLException {
        return new User(row.text(), RightsColumns.read(row), row.flag(), row.instant());
    }

    private static BearerToken token(Row row) throws SQLException {
        String digest = row.text();
        String name = row.text();
        Instant expires = row.instant();
        String role = row.textOrNull();
        return new BearerToken(
                digest, name, role == null ? null : RightsColumns.read(Role.valueOf(role), row), expires);
    }
}
