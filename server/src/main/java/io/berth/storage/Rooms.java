package io.berth.storage;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceStore.ImportVerdict;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// How many devices the products of an insertion may still have. The products stay locked until its
/// transaction ends, so that nobody else fills the same room; all in one order, so that two insertions do not
/// wait for each other.
final class Rooms {
    /// Changes nothing, but PostgreSQL locks the row, and the count stays true until the transaction ends.
    private static final String LOCK = "UPDATE product SET devices = devices WHERE key = ? RETURNING devices";

    private final Map<String, Long> free;
    private final Map<String, Long> taken = new TreeMap<>();

    private Rooms(Map<String, Long> free) {
        this.free = free;
    }

    static Rooms of(Sql sql, List<Device> devices, int most) throws SQLException {
        TreeSet<String> named = new TreeSet<>();
        devices.forEach(device -> named.add(device.id().product()));
        Map<String, Long> free = new HashMap<>();
        for (String product : named) {
            sql.one(LOCK, Row::number, product).ifPresent(count -> free.put(product, most - count));
        }
        return new Rooms(free);
    }

    /// What becomes of a device there is no room for.
    ImportVerdict without(Device device) {
        return free.containsKey(device.id().product()) ? ImportVerdict.PRODUCT_FULL : ImportVerdict.PRODUCT_NOT_FOUND;
    }

    boolean hasRoom(Device device) {
        return free.getOrDefault(device.id().product(), 0L) > 0;
    }

    /// Up to where there is room for every device from this one on whose product has any.
    int end(List<Device> devices, int from) {
        Map<String, Long> left = new HashMap<>(free);
        for (int i = from; i < devices.size(); i++) {
            if (hasRoom(devices.get(i)) && left.merge(devices.get(i).id().product(), -1L, Long::sum) < 0) {
                return i;
            }
        }
        return devices.size();
    }

    void take(Device device) {
        String product = device.id().product();
        free.merge(product, -1L, Long::sum);
        taken.merge(product, 1L, Long::sum);
    }

    /// Notes what was taken.
    void keep(Sql sql) throws SQLException {
        for (Map.Entry<String, Long> each : taken.entrySet()) {
            count(sql, each.getKey(), each.getValue());
        }
    }

    /// The product has so many devices more, or less.
    static void count(Sql sql, String product, long more) throws SQLException {
        sql.update("UPDATE product SET devices = devices + ? WHERE key = ?", more, product);
    }
}
