package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.audit.AuditRecord;
import io.berth.core.audit.AuditStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Audit records. Those of calls that end at the same time are written by one statement in one commit:
/// whoever comes first takes along what waits by the time it is written.
final class SqlAuditStore implements AuditStore {
    private static final String LANE = "audit";
    private static final String COLUMNS = "time, caller, address, api, action, target, outcome";
    private static final int MAX_BATCH = 1_000;
    private static final int FORGOTTEN_AT_ONCE = 10_000;
    /// Callers choose the text; beyond this it names nothing.
    private static final int TEXT_LENGTH = 512;

    /// Greater than whatever may follow a prefix.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final Database database;
    private final BlockingQueue<Pending> waiting;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    SqlAuditStore(Database database, int maxWaiting) {
        this.database = database;
        this.waiting = new ArrayBlockingQueue<>(maxWaiting);
    }

    @Override
    public void record(AuditRecord record) {
        Pending pending = new Pending(record, new CompletableFuture<>());
        if (!waiting.offer(pending)) {
            throw new ProblemException(Problem.OVERLOADED, "too many audit records wait to be written");
        }
        if (scheduled.compareAndSet(false, true)) {
            writeWaiting();
        }
        try {
            pending.written().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public Page<AuditRecord> find(Wanted wanted, Page.Request page) {
        Search search = new Search();
        search.add("time >= ?", wanted.from());
        search.add("time < ?", wanted.to());
        search.add("caller = ?", wanted.caller());
        search.add("api = ?", wanted.api());
        search.add("action = ?", wanted.action());
        String target = wanted.target();
        if (target != null) {
            search.add("target >= ?", target);
            search.add("target <= ?", target + LAST);
        }
        if (wanted.failed() != null) {
            search.add("outcome " + (wanted.failed() ? "<>" : "=") + " ?", AuditRecord.OK);
        }
        page.cursor().map(Place::parse).ifPresent(search::addAfter);
        List<Found> found = database.read(sql -> sql.list(
                "SELECT id, " + COLUMNS + " FROM audit" + search.where() + " ORDER BY time DESC, id DESC LIMIT ?",
                SqlAuditStore::found,
                search.values(page.limit() + 1)));
        Page<Found> cut = Page.cut(found, page, last -> last.place().text());
        return new Page<>(cut.items().stream().map(Found::record).toList(), cut.next());
    }

    @Override
    public int forget(Instant before) {
        int all = 0;
        int deleted;
        do {
            deleted = database.write(
                    LANE,
                    sql -> sql.update(
                            "DELETE FROM audit WHERE id IN"
                                    + " (SELECT id FROM audit WHERE time < ? ORDER BY time, id LIMIT ?)",
                            before,
                            FORGOTTEN_AT_ONCE));
            all += deleted;
        } while (deleted == FORGOTTEN_AT_ONCE);
        return all;
    }

    /// Whatever is taken stays with this unit of work, however often it is tried.
    private void writeWaiting() {
        List<Pending> batch = new ArrayList<>();
        var _ = database.submitChange(LANE, sql -> {
                    scheduled.set(false); // before taking: who comes from now on asks anew
                    waiting.drainTo(batch, MAX_BATCH - batch.size());
                    insert(sql, batch);
                })
                .whenComplete((_, failure) -> written(batch, failure));
    }

    private void written(List<Pending> batch, @Nullable Throwable failure) {
        if (failure != null && batch.isEmpty()) {
            scheduled.set(false); // the work did not even begin
            waiting.drainTo(batch);
        }
        batch.forEach(pending -> pending.end(failure));
        if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            writeWaiting();
        }
    }

    private static void insert(Sql sql, List<Pending> batch) throws SQLException {
        if (!batch.isEmpty()) {
            sql.updateAll(
                    "INSERT INTO audit (" + COLUMNS + ") VALUES " + Sql.values(7, 1),
                    batch.stream().map(Pending::values).toList());
        }
    }

    private static Found found(Row row) throws SQLException {
        long id = row.number();
        Instant time = row.instant();
        return new Found(
                new Place(time.toEpochMilli(), id),
                new AuditRecord(time, row.text(), row.text(), row.text(), row.text(), row.text(), row.text()));
    }

    private static String bounded(String text) {
        return text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH);
    }

    private record Pending(AuditRecord record, CompletableFuture<Void> written) {
        @Nullable
        Object[] values() {
            return new @Nullable Object[] {
                record.at(),
                bounded(record.caller()),
                bounded(record.address()),
                bounded(record.api()),
                bounded(record.action()),
                bounded(record.target()),
                bounded(record.outcome())
            };
        }

        void end(@Nullable Throwable failure) {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
        }
    }

    private record Found(Place place, AuditRecord record) {}

    /// Where a page ended.
    private record Place(long time, long id) {
        static Place parse(String cursor) {
            ProblemException.require(cursor.matches("\\d{1,18}-\\d{1,18}"), "\"after\" is no cursor of this listing");
            int dash = cursor.indexOf('-');
            return new Place(Long.parseLong(cursor.substring(0, dash)), Long.parseLong(cursor.substring(dash + 1)));
        }

        String text() {
            return time + "-" + id;
        }
    }

    /// Conditions with their values.
    private static final class Search {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void add(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        void addAfter(Place place) {
            conditions.add("(time, id) < (?, ?)");
            values.add(place.time());
            values.add(place.id());
        }

        Object[] values(int limit) {
            return Stream.concat(values.stream(), Stream.of(limit)).toArray();
        }

        String where() {
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }
    }
}
