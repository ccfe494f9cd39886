package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.TagStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Tags of devices, a row each.
final class SqlTagStore implements TagStore {
    private final Database database;

    SqlTagStore(Database database) {
        this.database = database;
    }

    @Override
    public SequencedMap<String, String> find(DeviceId device) {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        database.read(sql -> sql.list(
                "SELECT key, value FROM device_tag WHERE product = ? AND name = ? ORDER BY key",
                row -> tags.put(row.text(), row.text()),
                device.product(),
                device.name()));
        return tags;
    }

    @Override
    public void put(DeviceId device, SequencedMap<String, String> tags, int max) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> rows.add(new Object[] {device.product(), device.name(), key, value}));
        database.write(device, SqlDeviceStore.belonging(device, sql -> {
            int[] changed = sql.updateAll("""
                    INSERT INTO device_tag (product, name, key, value) VALUES (?, ?, ?, ?)
                    ON CONFLICT (product, name, key) DO UPDATE SET value = excluded.value""", rows);
            if (count(sql, device) > max) {
                throw new ProblemException(Problem.LIMIT_REACHED, "a device has at most " + max + " tags");
            }
            return changed;
        }));
    }

    @Override
    public void remove(DeviceId device, Collection<String> keys) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        keys.forEach(key -> rows.add(new Object[] {device.product(), device.name(), key}));
        database.change(
                device,
                sql -> sql.updateAll("DELETE FROM device_tag WHERE product = ? AND name = ? AND key = ?", rows));
    }

    private static long count(Sql sql, DeviceId device) throws SQLException {
        return sql.one(
                        "SELECT COUNT(*) FROM device_tag WHERE product = ? AND name = ?",
                        Row::number,
                        device.product(),
                        device.name())
                .orElse(0L);
    }
}
