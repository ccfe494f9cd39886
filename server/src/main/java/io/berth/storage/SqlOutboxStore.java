package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.outbox.OutboxMessage;
import io.berth.core.outbox.OutboxStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Messages to devices. A device is a lane: its changes take effect in call order.
final class SqlOutboxStore implements OutboxStore {
    private static final String COLUMNS =
            "product, device, id, words, topic, qos, payload, beside, state, problem, detail, created, ended, expires";
    private static final String ONE = " FROM outbox_message WHERE product = ? AND device = ? AND id = ?";

    private final Database database;

    SqlOutboxStore(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Void> add(OutboxMessage message, int kept) {
        DeviceId device = message.device();
        return database.submitChange(device, sql -> {
            long last = sql.one(
                            "SELECT COALESCE(MAX(turn), 0) FROM outbox_message WHERE product = ? AND device = ?",
                            Row::number,
                            device.product(),
                            device.name())
                    .orElseThrow();
            insert(sql, message, last + 1);
            sql.update("""
                    DELETE FROM outbox_message WHERE product = ? AND device = ? AND turn <= (
                        SELECT turn FROM outbox_message WHERE product = ? AND device = ?
                        ORDER BY turn DESC LIMIT 1 OFFSET ?)""", device.product(), device.name(), device.product(), device.name(), kept);
        });
    }

    @Override
    public CompletionStage<Optional<OutboxMessage>> change(
            DeviceId device, String id, UnaryOperator<OutboxMessage> change) {
        return database.submit(device, sql -> {
            Optional<OutboxMessage> open = sql.one(
                    "SELECT " + COLUMNS + ONE + " AND ended IS NULL",
                    SqlOutboxStore::message,
                    device.product(),
                    device.name(),
                    id);
            if (open.isEmpty()) {
                return open;
            }
            OutboxMessage changed = change.apply(open.get());
            sql.update(
                    "UPDATE outbox_message SET state = ?, problem = ?, detail = ?, ended = ?"
                            + " WHERE product = ? AND device = ? AND id = ?",
                    changed.state(),
                    changed.problem(),
                    changed.detail(),
                    changed.ended(),
                    device.product(),
                    device.name(),
                    id);
            return Optional.of(changed);
        });
    }

    @Override
    public Optional<OutboxMessage> find(DeviceId device, String id) {
        return database.read(sql ->
                sql.one("SELECT " + COLUMNS + ONE, SqlOutboxStore::message, device.product(), device.name(), id));
    }

    @Override
    public List<OutboxMessage> list(DeviceId device) {
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM outbox_message WHERE product = ? AND device = ? ORDER BY turn DESC",
                SqlOutboxStore::message,
                device.product(),
                device.name()));
    }

    @Override
    public List<DeviceId> waiting() {
        return database.read(sql -> sql.list(
                "SELECT DISTINCT product, device FROM outbox_message WHERE state = 'WAITING'",
                row -> new DeviceId(row.text(), row.text())));
    }

    @Override
    public List<OutboxMessage> overdue(Instant now, int limit) {
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS
                        + " FROM outbox_message WHERE ended IS NULL AND expires <= ? ORDER BY expires LIMIT ?",
                SqlOutboxStore::message,
                now,
                limit));
    }

    private static void insert(Sql sql, OutboxMessage message, long turn) throws SQLException {
        DeviceId device = message.device();
        try {
            int added = sql.update(
                    "INSERT INTO outbox_message (" + COLUMNS + ", turn) VALUES " + Sql.values(15, 1)
                            + " ON CONFLICT DO NOTHING",
                    device.product(),
                    device.name(),
                    message.id(),
                    ValueCodec.encode(message.words()),
                    message.message().topic(),
                    message.message().qos() == Qos.AT_LEAST_ONCE ? 1 : 0,
                    message.message().payload().toBytes(),
                    BesideColumn.of(message.message().beside()),
                    message.state(),
                    message.problem(),
                    message.detail(),
                    message.created(),
                    message.ended(),
                    message.expires(),
                    turn);
            if (added == 0) {
                throw new ProblemException(
                        Problem.INVALID_ARGUMENT, "the device has a message " + message.id() + " already");
            }
        } catch (SQLException e) {
            if (Database.isBrokenReference(e)) {
                throw DeviceStore.notFound(device);
            }
            throw e;
        }
    }

    private static OutboxMessage message(Row row) throws SQLException {
        return new OutboxMessage(
                new DeviceId(row.text(), row.text()),
                row.text(),
                ValueCodec.decodeFields(row.bytes()),
                new Downlink.Message(
                        row.text(),
                        Qos.of((int) row.number()),
                        Payload.owned(row.bytes()),
                        BesideColumn.read(row.bytesOrNull())),
                row.word(OutboxMessage.State.class),
                problem(row.textOrNull()),
                row.text(),
                row.instant(),
                row.instantOrNull(),
                row.instant());
    }

    private static @Nullable Problem problem(@Nullable String name) {
        return name == null ? null : Problem.valueOf(name);
    }
}
