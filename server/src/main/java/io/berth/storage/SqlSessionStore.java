package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.message.Downlink;
import io.berth.core.message.Letter;
import io.berth.core.message.Qos;
import io.berth.core.session.SessionStore;
import io.berth.core.topic.TopicFilter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stored sessions. A device is a lane: its calls, reads too, take effect in call order.
final class SqlSessionStore implements SessionStore {
    private static final String RESERVE_ID = """
            UPDATE device_session SET last_message = last_message + 1, messages = messages + 1
            WHERE product = ? AND name = ? AND messages < ? RETURNING last_message""";

    private final Database database;
    private final InstantSource clock;
    private final int messagesPerDevice;
    private final KeptListener kept;

    SqlSessionStore(Database database, InstantSource clock, int messagesPerDevice, KeptListener kept) {
        this.database = database;
        this.clock = clock;
        this.messagesPerDevice = messagesPerDevice;
        this.kept = kept;
    }

    /// Told that a device keeps a session now, or none any more, before the caller hears of it. Must not block.
    @FunctionalInterface
    interface KeptListener {
        void sessionKept(DeviceId device, boolean keeps);
    }

    @Override
    public CompletionStage<Optional<StoredSession>> load(DeviceId device, int maxMessages) {
        return database.submit(device, sql -> {
            Optional<OptionalLong> lastSent = sql.one(
                    "SELECT last_sent FROM device_session WHERE product = ? AND name = ?",
                    SqlSessionStore::lastSent,
                    device.product(),
                    device.name());
            if (lastSent.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new StoredSession(
                    subscriptions(sql, device), messages(sql, device, Long.MIN_VALUE, maxMessages), lastSent.get()));
        });
    }

    @Override
    public CompletionStage<Void> open(DeviceId device, Instant expires) {
        return database.submitChange(device, sql -> open(sql, device, expires), () -> kept.sessionKept(device, true));
    }

    @Override
    public CompletionStage<Void> leave(DeviceId device, Instant expires, long lastSent) {
        return database.submitChange(
                device,
                sql -> sql.update(
                        "UPDATE device_session SET expires = ?, last_sent = ? WHERE product = ? AND name = ?",
                        expires,
                        lastSent,
                        device.product(),
                        device.name()));
    }

    @Override
    public CompletionStage<Void> delete(DeviceId device) {
        return database.submitChange(
                device,
                sql -> sql.update(
                        "DELETE FROM device_session WHERE product = ? AND name = ?", device.product(), device.name()),
                () -> kept.sessionKept(device, false));
    }

    @Override
    public CompletionStage<Void> subscribe(DeviceId device, Collection<Subscription> subscriptions) {
        List<@Nullable Object[]> rows = subscriptions.stream()
                .map(each -> new @Nullable Object[] {
                    device.product(), device.name(), each.filter().text(), each.qos()
                })
                .toList();
        return database.submitChange(device, sql -> {
            requireSession(sql, device);
            sql.updateAll("""
                    INSERT INTO session_subscription (product, name, filter, qos) VALUES (?, ?, ?, ?)
                    ON CONFLICT (product, name, filter) DO UPDATE SET qos = excluded.qos""", rows);
        });
    }

    @Override
    public CompletionStage<Void> unsubscribe(DeviceId device, Collection<TopicFilter> filters) {
        List<@Nullable Object[]> rows = filters.stream()
                .map(filter -> new @Nullable Object[] {device.product(), device.name(), filter.text()})
                .toList();
        return database.submitChange(
                device,
                sql -> sql.updateAll(
                        "DELETE FROM session_subscription WHERE product = ? AND name = ? AND filter = ?", rows));
    }

    @Override
    public CompletableFuture<Long> enqueue(DeviceId device, Letter letter, String knownAs) {
        return database.submit(device, sql -> {
            Optional<Long> id = insertMessage(sql, device, new StoredMessage(0, letter, knownAs));
            if (id.isEmpty()) {
                requireSession(sql, device);
            }
            return id.orElseThrow(() -> new ProblemException(
                    Problem.LIMIT_REACHED, messagesPerDevice + " messages wait for the device already"));
        });
    }

    @Override
    public CompletionStage<Kept> enqueueIfSubscribed(DeviceId device, Downlink.Message message, String knownAs) {
        return database.submit(device, sql -> {
            boolean subscribed = subscriptions(sql, device).stream()
                    .anyMatch(each -> each.filter().matches(message.topic()));
            if (!subscribed) {
                return keepsSession(sql, device) ? Kept.NOT_SUBSCRIBED : Kept.NO_SESSION;
            }
            return insertMessage(sql, device, new StoredMessage(0, message.letter(), knownAs))
                            .isPresent()
                    ? Kept.KEPT
                    : Kept.FULL;
        });
    }

    @Override
    public CompletionStage<List<StoredMessage>> messages(DeviceId device, long afterId, int max) {
        return database.submit(device, sql -> messages(sql, device, afterId, max));
    }

    @Override
    public void confirm(DeviceId device, Collection<Long> ids) {
        List<@Nullable Object[]> rows = ids.stream()
                .map(id -> new @Nullable Object[] {device.product(), device.name(), id})
                .toList();
        var _ = database.submitChange(device, sql -> {
                    int[] deleted = sql.updateAll(
                            "DELETE FROM session_message WHERE product = ? AND name = ? AND id = ?", rows);
                    sql.update(
                            "UPDATE device_session SET messages = messages - ? WHERE product = ? AND name = ?",
                            Arrays.stream(deleted).sum(),
                            device.product(),
                            device.name());
                })
                .exceptionally(failure -> {
                    Database.LOG.warn("confirmed messages of {} stay stored and are sent again", device, failure);
                    return null;
                });
    }

    @Override
    public CompletionStage<Integer> expire(Instant now, Duration lifetime, Predicate<DeviceId> attached) {
        return database.submit(
                        SqlSessionStore.class,
                        sql -> {
                            expireMessages(sql, now.minus(lifetime));
                            return expireSessions(sql, now, lifetime, attached);
                        },
                        ended -> ended.forEach(device -> kept.sessionKept(device, false)))
                .thenApply(List::size);
    }

    private void open(Sql sql, DeviceId device, Instant expires) throws SQLException {
        try {
            sql.update(
                    """
                    INSERT INTO device_session (product, name, expires, last_message, messages) VALUES (?, ?, ?, ?, 0)
                    ON CONFLICT (product, name) DO UPDATE SET expires = excluded.expires, last_sent = NULL""",
                    device.product(),
                    device.name(),
                    expires,
                    // counting in microseconds from 1970, a session made anew repeats no id of the one before
                    clock.millis() * 1_000);
        } catch (SQLException e) {
            if (Database.isBrokenReference(e)) {
                throw DeviceStore.notFound(device);
            }
            throw e;
        }
    }

    private static List<DeviceId> expireSessions(Sql sql, Instant now, Duration lifetime, Predicate<DeviceId> attached)
            throws SQLException {
        List<DeviceId> due =
                sql.list("SELECT product, name FROM device_session WHERE expires <= ?", SqlSessionStore::device, now);
        sql.updateAll(
                "UPDATE device_session SET expires = ? WHERE product = ? AND name = ?",
                due.stream()
                        .filter(attached)
                        .map(id -> new @Nullable Object[] {now.plus(lifetime), id.product(), id.name()})
                        .toList());
        return sql.list(
                "DELETE FROM device_session WHERE expires <= ? RETURNING product, name", SqlSessionStore::device, now);
    }

    private static void expireMessages(Sql sql, Instant before) throws SQLException {
        Set<DeviceId> shortened = new HashSet<>(sql.list(
                "DELETE FROM session_message WHERE created < ? RETURNING product, name",
                SqlSessionStore::device,
                before));
        sql.updateAll(
                """
                UPDATE device_session SET messages =
                  (SELECT count(*) FROM session_message m WHERE m.product = ? AND m.name = ?)
                WHERE product = ? AND name = ?""",
                shortened.stream()
                        .map(id -> new @Nullable Object[] {id.product(), id.name(), id.product(), id.name()})
                        .toList());
    }

    private static OptionalLong lastSent(Row row) throws SQLException {
        Long id = row.numberOrNull();
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private static DeviceId device(Row row) throws SQLException {
        return new DeviceId(row.text(), row.text());
    }

    /// The message gets its id here.
    private Optional<Long> insertMessage(Sql sql, DeviceId device, StoredMessage message) throws SQLException {
        Optional<Long> id = sql.one(RESERVE_ID, Row::number, device.product(), device.name(), messagesPerDevice);
        if (id.isPresent()) {
            sql.update(
                    "INSERT INTO session_message (product, name, id, created, topic, payload, beside, known_as)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    device.product(),
                    device.name(),
                    id.get(),
                    clock.instant(),
                    message.letter().topic(),
                    message.letter().payload().toBytes(),
                    BesideColumn.of(message.letter().beside()),
                    message.knownAs());
        }
        return id;
    }

    private static boolean keepsSession(Sql sql, DeviceId device) throws SQLException {
        return sql.exists(
                "SELECT 1 FROM device_session WHERE product = ? AND name = ?", device.product(), device.name());
    }

    private static void requireSession(Sql sql, DeviceId device) throws SQLException {
        if (!keepsSession(sql, device)) {
            throw new ProblemException(Problem.DEVICE_OFFLINE, device + " keeps no session");
        }
    }

    private static List<Subscription> subscriptions(Sql sql, DeviceId device) throws SQLException {
        return sql.list(
                "SELECT filter, qos FROM session_subscription WHERE product = ? AND name = ?",
                row -> new Subscription(new TopicFilter(row.text()), row.word(Qos.class)),
                device.product(),
                device.name());
    }

    private static List<StoredMessage> messages(Sql sql, DeviceId device, long afterId, int max) throws SQLException {
        return sql.list(
                """
                SELECT id, topic, payload, beside, known_as FROM session_message
                WHERE product = ? AND name = ? AND id > ? ORDER BY id LIMIT ?""",
                row -> new StoredMessage(
                        row.number(),
                        new Letter(row.text(), Payload.owned(row.bytes()), BesideColumn.read(row.bytesOrNull())),
                        row.text()),
                device.product(),
                device.name(),
                afterId,
                max);
    }
}
