package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Call;
import io.berth.core.call.CallStore;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Calls. A device is a lane: its changes take effect in call order.
final class SqlCallStore implements CallStore {
    private static final String COLUMNS = "product, device, id, kind, target, input, sync, timeout, keep_for, state,"
            + " request_id, created, sent, acknowledged, ended, expires, answer, misfit, problem, detail";
    private static final String ONE = " FROM device_call WHERE product = ? AND device = ? AND id = ?";
    private static final int OPEN_OF_ONE_REQUEST = 8;
    private static final int TEXT_LENGTH = 4_000;

    private final Database database;

    SqlCallStore(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Void> add(Call call, Bounds bounds) {
        return database.submitChange(call.device(), sql -> {
            if (call.state() == CallState.QUEUED) {
                demandRoom(sql, call.device(), bounds.queued());
            }
            insert(sql, call);
            forgetOldest(sql, call.device(), bounds.calls());
        });
    }

    @Override
    public CompletionStage<Optional<Call>> change(DeviceId device, String id, UnaryOperator<Call> change) {
        return database.submit(device, sql -> {
            Optional<Call> open = sql.one(
                    "SELECT " + COLUMNS + ONE + " AND ended IS NULL",
                    SqlCallStore::call,
                    device.product(),
                    device.name(),
                    id);
            if (open.isEmpty()) {
                return open;
            }
            Call changed = change.apply(open.get());
            if (!changed.equals(open.get())) {
                update(sql, changed);
            }
            return Optional.of(changed);
        });
    }

    @Override
    public Optional<Call> find(DeviceId device, String id) {
        return database.read(
                sql -> sql.one("SELECT " + COLUMNS + ONE, SqlCallStore::call, device.product(), device.name(), id));
    }

    @Override
    public Page<Call> list(DeviceId device, Page.Request page) {
        return database.read(sql -> {
            // ids are digits and letters below ~
            List<Call> found = sql.list(
                    "SELECT " + COLUMNS
                            + " FROM device_call WHERE product = ? AND device = ? AND id < ? ORDER BY id DESC LIMIT ?",
                    SqlCallStore::call,
                    device.product(),
                    device.name(),
                    page.cursor().orElse("~"),
                    page.limit() + 1);
            return Page.cut(found, page, Call::id);
        });
    }

    @Override
    public List<Call> open(String requestId) {
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS
                        + " FROM device_call WHERE request_id = ? AND ended IS NULL ORDER BY created DESC LIMIT ?",
                SqlCallStore::call,
                requestId,
                OPEN_OF_ONE_REQUEST));
    }

    @Override
    public List<Call> awaited(int limit) {
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM device_call WHERE ended IS NULL AND sync = ? ORDER BY created LIMIT ?",
                SqlCallStore::call,
                true,
                limit));
    }

    @Override
    public List<Call> queued(DeviceId device, int limit) {
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM device_call WHERE product = ? AND device = ? AND state = 'QUEUED'"
                        + " ORDER BY id LIMIT ?",
                SqlCallStore::call,
                device.product(),
                device.name(),
                limit));
    }

    @Override
    public List<DeviceId> waiting() {
        return database.read(sql -> sql.list(
                "SELECT DISTINCT product, device FROM device_call WHERE state = 'QUEUED'",
                row -> new DeviceId(row.text(), row.text())));
    }

    @Override
    public List<Call> overdue(Instant now, int limit) {
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM device_call WHERE ended IS NULL AND expires <= ? ORDER BY expires LIMIT ?",
                SqlCallStore::call,
                now,
                limit));
    }

    @Override
    public int purge(Instant before) {
        return database.write(
                SqlCallStore.class.getName(),
                sql -> sql.update("DELETE FROM device_call WHERE ended IS NOT NULL AND ended < ?", before));
    }

    private static void demandRoom(Sql sql, DeviceId device, int maxQueued) throws SQLException {
        long queued = sql.one(
                        "SELECT COUNT(*) FROM device_call WHERE product = ? AND device = ? AND state = 'QUEUED'",
                        Row::number,
                        device.product(),
                        device.name())
                .orElseThrow();
        if (queued >= maxQueued) {
            throw new ProblemException(Problem.LIMIT_REACHED, queued + " calls wait for the device already");
        }
    }

    private static void insert(Sql sql, Call call) throws SQLException {
        DeviceId device = call.device();
        Call.Times times = call.times();
        try {
            sql.update(
                    "INSERT INTO device_call (" + COLUMNS + ") VALUES " + Sql.values(20, 1),
                    device.product(),
                    device.name(),
                    call.id(),
                    call.kind(),
                    call.target(),
                    ValueCodec.encode(call.input()),
                    call.terms().sync(),
                    call.terms().timeout().toMillis(),
                    call.terms().keepFor().toMillis(),
                    call.state(),
                    call.requestId(),
                    times.created(),
                    times.sent(),
                    times.acknowledged(),
                    times.ended(),
                    times.expires(),
                    encode(call.outcome().answer()),
                    clean(call.outcome().misfit()),
                    call.outcome().problem(),
                    call.outcome().detail());
        } catch (SQLException e) {
            if (Database.isBrokenReference(e)) {
                throw DeviceStore.notFound(device);
            }
            throw e;
        }
    }

    private static void update(Sql sql, Call call) throws SQLException {
        Call.Times times = call.times();
        Call.Outcome outcome = call.outcome();
        sql.update(
                """
                UPDATE device_call SET state = ?, request_id = ?, sent = ?, acknowledged = ?, ended = ?, expires = ?,
                    answer = ?, misfit = ?, problem = ?, detail = ?
                WHERE product = ? AND device = ? AND id = ?""",
                call.state(),
                call.requestId(),
                times.sent(),
                times.acknowledged(),
                times.ended(),
                times.expires(),
                encode(outcome.answer()),
                clean(outcome.misfit()),
                outcome.problem(),
                outcome.detail(),
                call.device().product(),
                call.device().name(),
                call.id());
    }

    private static void forgetOldest(Sql sql, DeviceId device, int kept) throws SQLException {
        sql.update("""
                DELETE FROM device_call WHERE product = ? AND device = ? AND ended IS NOT NULL AND id <= (
                    SELECT id FROM device_call WHERE product = ? AND device = ? ORDER BY id DESC LIMIT 1 OFFSET ?)""", device.product(), device.name(), device.product(), device.name(), kept);
    }

    private static Call call(Row row) throws SQLException {
        DeviceId device = new DeviceId(row.text(), row.text());
        return new Call(
                row.text(),
                device,
                row.word(Call.Kind.class),
                row.text(),
                ValueCodec.decodeFields(row.bytes()),
                new Call.Terms(row.flag(), Duration.ofMillis(row.number()), Duration.ofMillis(row.number())),
                row.word(CallState.class),
                row.text(),
                new Call.Times(
                        row.instant(), row.instantOrNull(), row.instantOrNull(), row.instantOrNull(), row.instant()),
                new Call.Outcome(decode(row.bytesOrNull()), row.text(), problem(row.textOrNull()), row.text()));
    }

    /// Names that the device chose stand in it, and PostgreSQL keeps no NUL in a text.
    private static String clean(String misfit) {
        return misfit.substring(0, Math.min(TEXT_LENGTH, misfit.length())).replace('\0', '\uFFFD');
    }

    private static @Nullable Problem problem(@Nullable String name) {
        return name == null ? null : Problem.valueOf(name);
    }

    private static byte @Nullable [] encode(@Nullable Answer answer) {
        if (answer == null) {
            return null;
        }
        ValueCodec.Out out = new ValueCodec.Out();
        out.octet(answer.succeeded() ? 1 : 0).text(answer.code()).text(answer.message());
        ValueCodec.write(answer.output(), out);
        ValueCodec.writeTimes(answer.times(), out);
        return out.toBytes();
    }

    private static @Nullable Answer decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Answer(
                in.get() == 1,
                ValueCodec.text(in),
                ValueCodec.text(in),
                (Value.Fields) ValueCodec.read(in),
                // answers from before releases that keep times end here
                in.hasRemaining() ? ValueCodec.readTimes(in) : Map.of());
    }
}
