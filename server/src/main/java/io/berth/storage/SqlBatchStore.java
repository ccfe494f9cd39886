package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchStore;
import io.berth.core.batch.NameSeries;
import io.berth.core.batch.Target;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore.ImportVerdict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Batches. What is kept of single targets is in [SqlBatchTargets]; the counts of a batch change in the same
/// transaction.
final class SqlBatchStore implements BatchStore {
    private final Database database;
    private final DeviceRows devices;
    private final SqlBatchTargets targets;

    SqlBatchStore(Database database, DeviceRows devices, SecretCipher cipher) {
        this.database = database;
        this.devices = devices;
        this.targets = new SqlBatchTargets(cipher);
    }

    @Override
    public boolean insert(Batch batch, List<Target> added) {
        return database.write(batch.id(), sql -> {
            boolean inserted = sql.update(BatchRows.INSERT, BatchRows.values(batch)) > 0;
            if (inserted) {
                targets.put(sql, batch.id(), added);
            }
            return inserted;
        });
    }

    @Override
    public Optional<Batch> find(BatchId id) {
        return database.read(sql -> sql.one(BatchRows.SELECT + "WHERE id = ?", BatchRows::batch, id.number()));
    }

    @Override
    public Page<Batch> list(Filter filter, Page.Request page) {
        Condition condition =
                condition(filter, page.cursor().map(SqlBatchStore::number).orElse(Long.MAX_VALUE));
        List<Batch> found = database.read(sql -> sql.list(
                BatchRows.SELECT + "WHERE " + condition.sql() + " ORDER BY id DESC LIMIT ?",
                BatchRows::batch,
                condition.values(page.limit() + 1)));
        return Page.cut(found, page, batch -> batch.id().toString());
    }

    @Override
    public long count(Filter filter) {
        Condition condition = condition(filter, Long.MAX_VALUE);
        return database.read(sql -> sql.one(
                        "SELECT COUNT(*) FROM batch WHERE " + condition.sql(),
                        Row::number,
                        condition.values().toArray()))
                .orElse(0L);
    }

    private static Condition condition(Filter filter, long before) {
        Condition condition = new Condition("id < ?", before)
                .among("kind", filter.kinds())
                .among("state", filter.states())
                .among("space", filter.spaces());
        return filter.product() == null ? condition : condition.and("product = ?", filter.product());
    }

    @Override
    public List<Batch> due(Instant now) {
        return database.read(sql -> sql.list(BatchRows.SELECT + """
                WHERE id IN (SELECT MIN(id) FROM batch
                WHERE ended IS NULL AND state IN ('WAITING', 'RUNNING') AND due <= ? GROUP BY kind)
                ORDER BY id""", BatchRows::batch, now));
    }

    @Override
    public List<Batch> in(Batch.State state) {
        return database.read(
                sql -> sql.list(BatchRows.SELECT + "WHERE ended IS NULL AND state = ?", BatchRows::batch, state));
    }

    @Override
    public void append(BatchId id, List<Target> added) {
        database.change(SqlDeviceStore.BULK_LANE, sql -> {
            targets.put(sql, id, added);
            sql.update(
                    "UPDATE batch SET total = total + ?, failed = failed + ? WHERE id = ?",
                    added.size(),
                    count(added, Target.State.FAILED),
                    id.number());
        });
    }

    @Override
    public boolean move(BatchId id, Set<Batch.State> from, Batch.State to, Instant now) {
        Condition condition = new Condition("id = ?", id.number()).among("state", from);
        List<Object> values = new ArrayList<>(List.of(to, to == Batch.State.RUNNING, now));
        values.addAll(condition.values());
        return database.write(
                id,
                sql -> sql.update(
                                "UPDATE batch SET state = ?,"
                                        + " started = CASE WHEN ? = 1 THEN COALESCE(started, ?) ELSE started END WHERE "
                                        + condition.sql(),
                                values.toArray())
                        > 0);
    }

    @Override
    public void stopped(BatchId id, Instant now) {
        database.change(id, sql -> {
            targets.stopAll(sql, id);
            end(sql, id, Batch.State.STOPPED, "", now);
        });
    }

    @Override
    public void giveUp(BatchId id, String note, Instant now) {
        database.change(id, sql -> {
            targets.stopAll(sql, id);
            Optional<Batch> batch = sql.one(BatchRows.SELECT + "WHERE id = ?", BatchRows::batch, id.number());
            boolean nothing = batch.filter(found -> found.progress().done() > 0).isEmpty();
            end(sql, id, nothing ? Batch.State.FAILED : Batch.State.PARTLY_DONE, note, now);
        });
    }

    @Override
    public void rest(BatchId id, Instant now) {
        database.change(id, sql -> {
            Optional<Batch> found = sql.one(BatchRows.SELECT + "WHERE id = ?", BatchRows::batch, id.number());
            if (found.isEmpty() || found.get().state() != Batch.State.RUNNING) {
                return; // stopped in between
            }
            Optional<Instant> again = targets.nextDue(sql, id);
            if (again.isPresent()) {
                sql.update("UPDATE batch SET due = ? WHERE id = ?", again.get(), id.number());
            } else {
                end(sql, id, outcome(found.get().progress()), "", now);
            }
        });
    }

    @Override
    public List<Target> take(BatchId id, Instant now, int most) {
        return database.write(id, sql -> targets.take(sql, id, now, most));
    }

    @Override
    public void settle(BatchId id, List<Target> settled) {
        database.change(id, sql -> {
            targets.put(sql, id, settled);
            count(sql, id, count(settled, Target.State.DONE), count(settled, Target.State.FAILED));
        });
    }

    @Override
    public List<ImportVerdict> register(
            BatchId id, Numbers numbers, List<Device> added, Function<List<ImportVerdict>, List<Target>> settled) {
        return database.write(SqlDeviceStore.BULK_LANE, sql -> {
            int moved = sql.update(
                    "UPDATE batch SET next = ? WHERE id = ? AND next = ?", numbers.to(), id.number(), numbers.from());
            if (moved == 0) {
                throw new ProblemException(
                        Problem.VERSION_CONFLICT, "batch " + id + " went on without this part of it");
            }
            List<ImportVerdict> verdicts = devices.insertAll(sql, added);
            List<Target> kept = settled.apply(verdicts);
            targets.put(
                    sql, id, kept.stream().map(SqlBatchTargets::withoutInput).toList());
            long refused = verdicts.stream().filter(ImportVerdict::isRefused).count();
            count(sql, id, added.size() - refused, count(kept, Target.State.FAILED));
            return verdicts;
        });
    }

    @Override
    public Page<Target> targets(BatchId id, TargetFilter filter, Page.Request page) {
        Condition condition = targets(id, filter)
                .and("place > ?", page.cursor().map(SqlBatchStore::number).orElse(0L));
        List<Target> found = database.read(sql ->
                targets.list(sql, id, condition.sql() + " ORDER BY place LIMIT ?", condition.values(page.limit() + 1)));
        return Page.cut(found, page, target -> Long.toString(target.place()));
    }

    @Override
    public long countTargets(BatchId id, TargetFilter filter) {
        Condition condition = targets(id, filter);
        return database.read(sql -> sql.one(
                        "SELECT COUNT(*) FROM batch_target WHERE " + condition.sql(),
                        Row::number,
                        condition.values().toArray()))
                .orElse(0L);
    }

    private static Condition targets(BatchId id, TargetFilter filter) {
        Condition condition = new Condition("batch = ?", id.number()).among("state", filter.states());
        return filter.name() == null ? condition : condition.and("name = ?", filter.name());
    }

    @Override
    public List<Target> retry(BatchId id, Collection<String> names, Instant now) {
        return database.write(id, sql -> {
            List<Target> again = targets.move(
                    sql, id, names, EnumSet.of(Target.State.FAILED, Target.State.STOPPED), Target.State.WAITING);
            count(sql, id, 0, -count(again, Target.State.FAILED));
            // made up names that were not begun have no rows
            sql.update("""
                    UPDATE batch SET state = 'WAITING', due = ?, ended = NULL, note = ''
                    WHERE id = ? AND ended IS NOT NULL AND done + failed < total""", now, id.number());
            return again;
        });
    }

    @Override
    public List<Target> stop(BatchId id, Collection<String> names) {
        return database.write(
                id,
                sql -> targets.move(
                        sql, id, names, EnumSet.of(Target.State.WAITING, Target.State.RETRYING), Target.State.STOPPED));
    }

    @Override
    public List<Device> registered(Batch batch, long offset, int most) {
        return database.read(sql -> {
            List<DeviceId> ids = batch.kind() == Batch.Kind.GENERATE
                    ? generated(sql, batch, offset, most)
                    : targets.done(sql, batch.id(), offset, most);
            Map<DeviceId, Device> there = devices.existing(sql, ids);
            return ids.stream().filter(there::containsKey).map(there::get).toList();
        });
    }

    @Override
    public void delete(BatchId id) {
        database.change(id, sql -> sql.update("DELETE FROM batch WHERE id = ?", id.number()));
    }

    @Override
    public int purge(Instant endedBefore) {
        return database.write("batches", sql -> sql.update("DELETE FROM batch WHERE ended < ?", endedBefore));
    }

    @Override
    public int open() {
        return database.read(sql -> sql.one("SELECT COUNT(*) FROM batch WHERE ended IS NULL", Row::number))
                .map(Long::intValue)
                .orElse(0);
    }

    /// Names that others had before are not the batch's, except for those that a retry could take.
    private List<DeviceId> generated(Sql sql, Batch batch, long offset, int most) throws SQLException {
        String product = String.valueOf(batch.scope().product());
        NameSeries names = NameSeries.of(batch);
        long last = Math.min(offset + most, batch.progress().next());
        Set<Long> others = targets.unregistered(sql, batch.id(), offset, last);
        return LongStream.rangeClosed(offset + 1, last)
                .filter(number -> !others.contains(number))
                .mapToObj(number -> new DeviceId(product, names.name(number)))
                .toList();
    }

    private static Batch.State outcome(Batch.Progress progress) {
        if (progress.done() == progress.total()) {
            return Batch.State.DONE;
        }
        return progress.done() == 0 ? Batch.State.FAILED : Batch.State.PARTLY_DONE;
    }

    private static void end(Sql sql, BatchId id, Batch.State state, String note, Instant now) throws SQLException {
        sql.update("UPDATE batch SET state = ?, note = ?, ended = ? WHERE id = ?", state, note, now, id.number());
    }

    private static void count(Sql sql, BatchId id, long done, long failed) throws SQLException {
        sql.update("UPDATE batch SET done = done + ?, failed = failed + ? WHERE id = ?", done, failed, id.number());
    }

    private static long count(List<Target> targets, Target.State state) {
        return targets.stream().filter(target -> target.state() == state).count();
    }

    /// A cursor of batches or targets; INVALID_ARGUMENT when it is none.
    private static long number(String cursor) {
        ProblemException.require(cursor.matches("[0-9]{1,18}"), "\"" + cursor + "\" is no cursor of this list");
        return Long.parseLong(cursor);
    }
}
