package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.line.HardwareId;
import io.berth.core.line.LineBatch;
import io.berth.core.line.LineBatch.HandOut;
import io.berth.core.line.LineUnit;
import io.berth.core.line.LineUnit.Visit;
import io.berth.core.line.LineUnitStore;
import io.berth.core.line.LineUnits;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Batches of the line and their units. When a device logged in is read from the device itself.
final class SqlLineUnitStore implements LineUnitStore {
    /// One lane: the requests for one unit take effect one after the other.
    private static final String LANE = "line-units";

    private static final String BATCH = "b.name, b.product, b.quota, b.taken, b.hand_out, b.created, b.closed";
    private static final String JOINED = " FROM line_unit u JOIN line_batch b ON b.name = u.batch"
            + " LEFT JOIN device d ON d.product = b.product AND d.name = u.id";
    private static final String UNIT = "SELECT u.id, " + BATCH + ", u.listed, u.reserved, u.blocked, u.registered,"
            + " u.issues, u.issued, u.issued_station, u.issued_address,"
            + " u.burned, u.burned_station, u.burned_address, d.activated" + JOINED;

    private final Database database;

    SqlLineUnitStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(LineBatch batch, int most) {
        int inserted = database.write(LANE, sql -> {
            if (sql.one("SELECT COUNT(*) FROM line_batch", Row::number).orElse(0L) >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " batches on the line already");
            }
            return sql.update(
                    """
                INSERT INTO line_batch (name, product, quota, taken, hand_out, created, closed)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                    batch.name(),
                    batch.product(),
                    batch.quota(),
                    batch.taken(),
                    batch.handOut(),
                    batch.created(),
                    batch.closed());
        });
        if (inserted == 0) {
            throw new ProblemException(Problem.VERSION_CONFLICT, "a batch is called \"" + batch.name() + "\" already");
        }
    }

    @Override
    public Optional<LineBatch> findBatch(String name) {
        return database.read(sql ->
                sql.one("SELECT " + BATCH + " FROM line_batch b WHERE b.name = ?", SqlLineUnitStore::batch, name));
    }

    @Override
    public Page<LineBatch> batches(Set<String> spaces, Page.Request page) {
        // a batch whose product is deleted is in no space any more
        Condition where = new Condition("b.name > ?", page.cursor().orElse("")).among("p.space", spaces);
        List<LineBatch> found = database.read(sql -> sql.list(
                "SELECT " + BATCH + " FROM line_batch b LEFT JOIN product p ON p.key = b.product WHERE " + where.sql()
                        + " ORDER BY b.name LIMIT ?",
                SqlLineUnitStore::batch,
                where.values(page.limit() + 1)));
        return Page.cut(found, page, LineBatch::name);
    }

    @Override
    public LineBatch.Tally tally(String batch) {
        return database.read(sql -> sql.one(
                        "SELECT COUNT(*), COUNT(u.registered), COUNT(u.burned), COUNT(d.activated),"
                                + " COUNT(COALESCE(u.burned, d.activated)), COALESCE(SUM(u.blocked), 0)" + JOINED
                                + " WHERE u.batch = ?",
                        row -> new LineBatch.Tally(
                                row.number(), row.number(), row.number(), row.number(), row.number(), row.number()),
                        batch))
                .orElseThrow();
    }

    @Override
    public void close(String batch, Instant now) {
        int closed = database.write(
                LANE,
                sql -> sql.update("UPDATE line_batch SET closed = COALESCE(closed, ?) WHERE name = ?", now, batch));
        if (closed == 0) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no batch \"" + batch + "\" on the line");
        }
    }

    @Override
    public List<Listing> allow(String batch, List<HardwareId> ids, Instant now) {
        return database.write(LANE, sql -> {
            List<Listing> told = new ArrayList<>(ids.size());
            for (HardwareId id : ids) {
                told.add(allow(sql, batch, id, now));
            }
            return told;
        });
    }

    private static Listing allow(Sql sql, String batch, HardwareId id, Instant now) throws SQLException {
        int inserted = sql.update(
                "INSERT INTO line_unit (id, batch, listed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                id.text(),
                batch,
                now);
        if (inserted == 1) {
            return Listing.LISTED;
        }
        return sql.exists("SELECT 1 FROM line_unit WHERE id = ? AND batch = ?", id.text(), batch)
                ? Listing.UNCHANGED
                : Listing.TAKEN;
    }

    @Override
    public Optional<LineUnit> find(HardwareId id) {
        return database.read(sql -> find(sql, id));
    }

    @Override
    public Page<LineUnit> list(String batch, Page.Request page) {
        List<LineUnit> found = database.read(sql -> sql.list(
                UNIT + " WHERE u.batch = ? AND u.id > ? ORDER BY u.id LIMIT ?",
                SqlLineUnitStore::unit,
                batch,
                page.cursor().orElse(""),
                page.limit() + 1));
        return Page.cut(found, page, unit -> unit.id().text());
    }

    /// The unit first: whoever else reserves it waits for its row, and then takes no second place.
    @Override
    public boolean reserve(HardwareId id) {
        return database.write(LANE, sql -> {
            if (sql.update("UPDATE line_unit SET reserved = 1 WHERE id = ? AND reserved = 0", id.text()) == 0) {
                return true;
            }
            int taken = sql.update(
                    "UPDATE line_batch SET taken = taken + 1 WHERE taken < quota AND closed IS NULL"
                            + " AND name = (SELECT batch FROM line_unit WHERE id = ?)",
                    id.text());
            if (taken == 0) {
                sql.update("UPDATE line_unit SET reserved = 0 WHERE id = ?", id.text());
            }
            return taken == 1;
        });
    }

    @Override
    public Optional<LineUnit> handOut(HardwareId id, Visit visit, boolean elsewhereToo) {
        return database.write(LANE, sql -> {
            // holds the row, so that what is read next is what the request before left
            int held = sql.update("""
                UPDATE line_unit SET issues = issues + 1 WHERE id = ? AND blocked = 0
                AND (issues = 0 OR batch IN (SELECT name FROM line_batch WHERE hand_out = ?))
                AND (? = 1 OR issued IS NULL OR (issued_station = ? AND issued_address = ?))""", id.text(), HandOut.REPEATABLE, elsewhereToo, visit.station(), visit.address());
            if (held == 0) {
                return Optional.empty();
            }
            Optional<LineUnit> before = find(sql, id);
            sql.update(
                    "UPDATE line_unit SET registered = COALESCE(registered, ?), issued = ?, issued_station = ?,"
                            + " issued_address = ? WHERE id = ?",
                    visit.at(),
                    visit.at(),
                    visit.station(),
                    visit.address(),
                    id.text());
            return before;
        });
    }

    @Override
    public boolean burn(HardwareId id, Visit visit) {
        return database.write(
                LANE,
                sql -> sql.update(
                                "UPDATE line_unit SET burned = ?, burned_station = ?, burned_address = ?"
                                        + " WHERE id = ? AND burned IS NULL AND issued IS NOT NULL",
                                visit.at(),
                                visit.station(),
                                visit.address(),
                                id.text())
                        == 1);
    }

    @Override
    public void block(HardwareId id, boolean blocked) {
        requireOne(
                database.write(
                        LANE, sql -> sql.update("UPDATE line_unit SET blocked = ? WHERE id = ?", blocked, id.text())),
                id);
    }

    @Override
    public void reopen(HardwareId id, boolean again) {
        int reopened = database.write(LANE, sql -> sql.update("""
                UPDATE line_unit SET registered = CASE WHEN ? = 1 THEN NULL ELSE registered END, issues = 0,
                issued = NULL, issued_station = NULL, issued_address = NULL,
                burned = NULL, burned_station = NULL, burned_address = NULL WHERE id = ?""", again, id.text()));
        requireOne(reopened, id);
    }

    private static void requireOne(int changed, HardwareId id) {
        if (changed == 0) {
            throw LineUnits.notFound(id);
        }
    }

    private static Optional<LineUnit> find(Sql sql, HardwareId id) throws SQLException {
        return sql.one(UNIT + " WHERE u.id = ?", SqlLineUnitStore::unit, id.text());
    }

    private static LineBatch batch(Row row) throws SQLException {
        return new LineBatch(
                row.text(),
                row.text(),
                row.number(),
                row.number(),
                row.word(HandOut.class),
                row.instant(),
                row.instantOrNull());
    }

    private static LineUnit unit(Row row) throws SQLException {
        return new LineUnit(
                new HardwareId(row.text()),
                batch(row),
                row.instant(),
                row.flag(),
                row.flag(),
                row.instantOrNull(),
                row.number(),
                visit(row),
                visit(row),
                row.instantOrNull());
    }

    private static @Nullable Visit visit(Row row) throws SQLException {
        Instant at = row.instantOrNull();
        String station = row.textOrNull();
        String address = row.textOrNull();
        return at == null || station == null || address == null ? null : new Visit(at, station, address);
    }
}
