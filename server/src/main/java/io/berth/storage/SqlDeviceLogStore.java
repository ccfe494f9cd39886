package io.berth.storage;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceLogStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest lines of each device, numbered; and a row for each device that is asked for its log.
final class SqlDeviceLogStore implements DeviceLogStore {
    private final Database database;
    private final int kept;

    /// @param kept lines of a device
    SqlDeviceLogStore(Database database, int kept) {
        this.database = database;
        this.kept = kept;
    }

    @Override
    public void append(DeviceId device, List<Line> lines) {
        List<Line> newest = lines.subList(Math.max(0, lines.size() - kept), lines.size());
        database.write(device, SqlDeviceStore.belonging(device, sql -> {
            long last = last(sql, device) + newest.size();
            int[] inserted = sql.updateAll("""
                    INSERT INTO device_log (product, name, line, created, level, module, code, trace, content)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows(device, newest, last - newest.size()));
            sql.update(
                    "DELETE FROM device_log WHERE product = ? AND name = ? AND line <= ?",
                    device.product(),
                    device.name(),
                    last - kept);
            return inserted;
        }));
    }

    @Override
    public Page<Line> list(DeviceId device, Page.Request page) {
        List<Numbered> found = database.read(sql -> sql.list(
                """
                SELECT line, created, level, module, code, trace, content FROM device_log
                WHERE product = ? AND name = ? AND line < ? ORDER BY line DESC LIMIT ?""",
                SqlDeviceLogStore::line,
                device.product(),
                device.name(),
                page.cursor().map(SqlDeviceLogStore::number).orElse(Long.MAX_VALUE),
                page.limit() + 1));
        Page<Numbered> cut = Page.cut(found, page, line -> Long.toString(line.number()));
        return new Page<>(cut.items().stream().map(Numbered::line).toList(), cut.next());
    }

    @Override
    public boolean isWanted(DeviceId device) {
        return database.read(sql -> sql.exists(
                "SELECT 1 FROM device_log_wanted WHERE product = ? AND name = ?", device.product(), device.name()));
    }

    @Override
    public void want(DeviceId device, boolean wanted) {
        String statement = wanted
                ? "INSERT INTO device_log_wanted (product, name) VALUES (?, ?) ON CONFLICT DO NOTHING"
                : "DELETE FROM device_log_wanted WHERE product = ? AND name = ?";
        database.write(
                device,
                SqlDeviceStore.belonging(device, sql -> sql.update(statement, device.product(), device.name())));
    }

    private static long last(Sql sql, DeviceId device) throws SQLException {
        return sql.one(
                        "SELECT COALESCE(MAX(line), 0) FROM device_log WHERE product = ? AND name = ?",
                        Row::number,
                        device.product(),
                        device.name())
                .orElse(0L);
    }

    private static List<@Nullable Object[]> rows(DeviceId device, List<Line> lines, long after) {
        List<@Nullable Object[]> rows = new ArrayList<>(lines.size());
        long number = after;
        for (Line line : lines) {
            rows.add(new Object[] {
                device.product(),
                device.name(),
                ++number,
                line.time(),
                line.level(),
                line.module(),
                line.code(),
                line.trace(),
                line.content()
            });
        }
        return rows;
    }

    private static Numbered line(Row row) throws SQLException {
        return new Numbered(
                row.number(), new Line(row.instant(), row.text(), row.text(), row.text(), row.text(), row.text()));
    }

    private static long number(String cursor) {
        require(cursor.matches("[0-9]{1,18}"), "\"" + cursor + "\" is no cursor of a device log");
        return Long.parseLong(cursor);
    }

    private record Numbered(long number, Line line) {}
}
