package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of `thing_state`.
final class ThingRows {
    /// Far below what both engines allow in one statement.
    private static final int READ_AT_ONCE = 500;

    private ThingRows() {}

    /// @param folded entries up to this number are in it
    record Stored(Payload row, long folded) {
        static final Stored NOTHING = new Stored(ThingRow.NOTHING, 0);
    }

    record Kept(DeviceId device, Stored stored) {}

    static Stored read(Sql sql, DeviceId device) throws SQLException {
        return read(sql, List.of(device)).getOrDefault(device, Stored.NOTHING);
    }

    /// The rows of those of these things that have one.
    static Map<DeviceId, Stored> read(Sql sql, List<DeviceId> devices) throws SQLException {
        Map<DeviceId, Stored> found = new HashMap<>();
        for (int from = 0; from < devices.size(); from += READ_AT_ONCE) {
            List<DeviceId> some = devices.subList(from, Math.min(from + READ_AT_ONCE, devices.size()));
            sql.list(
                            "WITH wanted (product, name) AS (VALUES " + Sql.values(2, some.size())
                                    + ") SELECT s.product, s.name, s.state, s.folded FROM wanted w"
                                    + " JOIN thing_state s ON s.product = w.product AND s.name = w.name",
                            row -> new Kept(
                                    new DeviceId(row.text(), row.text()), new Stored(row.payload(), row.number())),
                            some.stream()
                                    .flatMap(device -> Stream.of(device.product(), device.name()))
                                    .toArray())
                    .forEach(kept -> found.put(kept.device, kept.stored));
        }
        return found;
    }

    static void write(Sql sql, List<Kept> rows) throws SQLException {
        sql.updateAll(
                """
                INSERT INTO thing_state (product, name, folded, state) VALUES (?, ?, ?, ?)
                ON CONFLICT (product, name) DO UPDATE SET folded = excluded.folded, state = excluded.state""",
                rows.stream()
                        .map(kept -> new @Nullable Object[] {
                            kept.device.product(),
                            kept.device.name(),
                            kept.stored.folded(),
                            kept.stored.row().toBytes()
                        })
                        .toList());
    }

    static void erase(Sql sql, Collection<DeviceId> devices) throws SQLException {
        sql.updateAll(
                "DELETE FROM thing_state WHERE product = ? AND name = ?",
                devices.stream()
                        .map(device -> new @Nullable Object[] {device.product(), device.name()})
                        .toList());
    }
}
