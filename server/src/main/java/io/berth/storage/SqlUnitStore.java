package io.berth.storage;

import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import io.berth.core.enrol.UnitStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Physical devices that go by one device's name, a row each.
final class SqlUnitStore implements UnitStore {
    private static final String UNIT = "u.id, u.digest, u.created, u.seen";

    private final Database database;

    SqlUnitStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(DeviceId device, Unit unit, int max) {
        return database.write(device, SqlDeviceStore.belonging(device, sql -> {
            if (count(sql, device, "") >= max) {
                return false;
            }
            sql.update(
                    "INSERT INTO device_unit (product, name, id, digest, created, seen) VALUES (?, ?, ?, ?, ?, ?)",
                    device.product(),
                    device.name(),
                    unit.id(),
                    unit.tokenDigest().toBytes(),
                    unit.created(),
                    unit.seen());
            return true;
        }));
    }

    @Override
    public List<Unit> of(DeviceId device) {
        return database.read(sql -> sql.list(
                "SELECT " + UNIT + " FROM device_unit u WHERE u.product = ? AND u.name = ? ORDER BY u.created, u.id",
                SqlUnitStore::unit,
                device.product(),
                device.name()));
    }

    /// The units of many devices; those without are left out.
    Map<DeviceId, List<Unit>> all(Sql sql, Collection<DeviceId> devices) throws SQLException {
        Map<DeviceId, List<Unit>> found = new HashMap<>();
        sql.list(
                "WITH wanted (product, name) AS (VALUES " + Sql.values(2, devices.size())
                        + ") SELECT u.product, u.name, " + UNIT
                        + " FROM wanted w JOIN device_unit u ON u.product = w.product AND u.name = w.name",
                row -> found.computeIfAbsent(new DeviceId(row.text(), row.text()), _ -> new ArrayList<>())
                        .add(unit(row)),
                devices.stream()
                        .flatMap(id -> Stream.of(id.product(), id.name()))
                        .toArray());
        return found;
    }

    @Override
    public CompletionStage<Integer> seen(DeviceId device, String unit, Instant at) {
        return database.submit(device, sql -> {
            sql.update(
                    "UPDATE device_unit SET seen = ? WHERE product = ? AND name = ? AND id = ? AND seen IS NULL",
                    at,
                    device.product(),
                    device.name(),
                    unit);
            return (int) count(sql, device, " AND seen IS NOT NULL");
        });
    }

    @Override
    public List<DeviceId> shared(@Nullable String product, @Nullable DeviceId after, int limit) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder("seen IS NOT NULL");
        if (product != null) {
            where.append(" AND product = ?");
            values.add(product);
        }
        if (after != null) {
            where.append(" AND (product, name) > (?, ?)");
            values.add(after.product());
            values.add(after.name());
        }
        values.add(limit);
        return database.read(sql -> sql.list(
                "SELECT product, name FROM device_unit WHERE " + where
                        + " GROUP BY product, name HAVING COUNT(*) > 1 ORDER BY product, name LIMIT ?",
                row -> new DeviceId(row.text(), row.text()),
                values.toArray()));
    }

    @Override
    public boolean keep(DeviceId device, String unit) {
        return database.write(device, sql -> {
            boolean known = sql.exists(
                    "SELECT 1 FROM device_unit WHERE product = ? AND name = ? AND id = ?",
                    device.product(),
                    device.name(),
                    unit);
            if (known) {
                sql.update(
                        "DELETE FROM device_unit WHERE product = ? AND name = ? AND id <> ?",
                        device.product(),
                        device.name(),
                        unit);
            }
            return known;
        });
    }

    @Override
    public void clear(DeviceId device) {
        database.change(
                device,
                sql -> sql.update(
                        "DELETE FROM device_unit WHERE product = ? AND name = ?", device.product(), device.name()));
    }

    private static long count(Sql sql, DeviceId device, String more) throws SQLException {
        return sql.one(
                        "SELECT COUNT(*) FROM device_unit WHERE product = ? AND name = ?" + more,
                        Row::number,
                        device.product(),
                        device.name())
                .orElse(0L);
    }

    private static Unit unit(Row row) throws SQLException {
        return new Unit(row.text(), row.payload(), row.instant(), row.instantOrNull());
    }
}
