package io.berth.storage;

import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.Channel;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.login.RefusalStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The newest refused logins. [#flush()], called several times a second, writes what came in between; more
/// than that is dropped and counted, so that a flood of bad logins costs the writer little.
final class SqlRefusalStore implements RefusalStore {
    private static final int WAITING = 1_000;
    /// Peers choose much of the text; what is longer explains nothing.
    private static final int TEXT_LENGTH = 4_000;

    private static final String LANE = "refusals";
    private static final String COLUMNS = "created, dialect, product, device, claimed, fault, cause, fix, fields,"
            + " algorithm, content, expected_prefix, given_prefix, skew, listener, address, transport, tls";

    private final Database database;
    private final int kept;
    private final BlockingQueue<Refusal> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();

    SqlRefusalStore(Database database, int kept) {
        this.database = database;
        this.kept = kept;
    }

    @Override
    public void add(Refusal refusal) {
        if (!waiting.offer(refusal)) {
            dropped.incrementAndGet();
        }
    }

    /// Refusals that nobody will read: they came too fast, or the store failed.
    long dropped() {
        return dropped.get();
    }

    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = takeWaiting();
        var _ = database.submitChange(LANE, sql -> insert(sql, rows)).whenComplete((_, failure) -> {
            if (failure != null) {
                dropped.addAndGet(rows.size());
            }
        });
    }

    @Override
    public List<Refusal> find(DeviceId device, int limit) {
        writeWaiting();
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM refusal WHERE product = ? AND device = ? ORDER BY id DESC LIMIT ?",
                SqlRefusalStore::refusal,
                device.product(),
                device.name(),
                limit));
    }

    @Override
    public List<Refusal> findClaimed(String claimed, int limit) {
        writeWaiting();
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM refusal WHERE claimed = ? ORDER BY id DESC LIMIT ?",
                SqlRefusalStore::refusal,
                claimed,
                limit));
    }

    @Override
    public List<Refusal> newest(int limit) {
        writeWaiting();
        return database.read(sql -> sql.list(
                "SELECT " + COLUMNS + " FROM refusal ORDER BY id DESC LIMIT ?", SqlRefusalStore::refusal, limit));
    }

    /// Whoever asks sees what was added before: also what a flush has on its way, by the order of the lane.
    private void writeWaiting() {
        List<@Nullable Object[]> rows = takeWaiting();
        database.change(LANE, sql -> insert(sql, rows));
    }

    private List<@Nullable Object[]> takeWaiting() {
        List<Refusal> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken.stream().map(SqlRefusalStore::values).toList();
    }

    private void insert(Sql sql, List<@Nullable Object[]> rows) throws SQLException {
        sql.updateAll("INSERT INTO refusal (" + COLUMNS + ") VALUES " + Sql.values(18, 1), rows);
        sql.update("DELETE FROM refusal WHERE id <= (SELECT id FROM refusal ORDER BY id DESC LIMIT 1 OFFSET ?)", kept);
    }

    private static @Nullable Object[] values(Refusal refusal) {
        DeviceId device = refusal.device();
        SignatureCheck check = refusal.check();
        Duration skew = check == null ? null : check.skew();
        Channel channel = refusal.channel();
        return new @Nullable Object[] {
            refusal.time(),
            refusal.dialect(),
            device == null ? null : device.product(),
            device == null ? null : device.name(),
            bounded(refusal.claimed()),
            refusal.fault(),
            bounded(refusal.cause()),
            bounded(refusal.fix()),
            bounded(FieldLines.write(refusal.fields())),
            check == null ? null : bounded(check.algorithm()),
            check == null ? null : bounded(check.content()),
            check == null ? null : bounded(check.expectedPrefix()),
            check == null ? null : bounded(check.givenPrefix()),
            skew == null ? null : skew.toMillis(),
            channel.listener(),
            channel.address(),
            channel.transport(),
            bounded(channel.tls())
        };
    }

    private static Refusal refusal(Row row) throws SQLException {
        var time = row.instant();
        String dialect = row.text();
        String product = row.textOrNull();
        String name = row.textOrNull();
        return new Refusal(
                time,
                dialect,
                product == null || name == null ? null : new DeviceId(product, name),
                row.text(),
                row.word(LoginFault.class),
                row.text(),
                row.text(),
                FieldLines.read(row.text()),
                check(row),
                new Channel(row.text(), row.text(), row.text(), row.textOrNull()));
    }

    private static @Nullable SignatureCheck check(Row row) throws SQLException {
        String algorithm = row.textOrNull();
        String content = row.textOrNull();
        String expected = row.textOrNull();
        String given = row.textOrNull();
        Long skew = row.numberOrNull();
        if (algorithm == null || expected == null || given == null) {
            return null;
        }
        return new SignatureCheck(algorithm, content, expected, given, skew == null ? null : Duration.ofMillis(skew));
    }

    private static @Nullable String bounded(@Nullable String text) {
        return text == null || text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH);
    }
}
