package io.berth.storage;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Unit;
import io.berth.core.product.Product;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a login needs of many devices with a query by id, a query by alias, one for the physical
/// devices of their names, and two for their products.
final class SqlSnapshots implements CachedDeviceDirectory.SnapshotQuery {
    private static final String SELECT = "SELECT " + DeviceRows.COLUMNS + ", s.expires FROM wanted w JOIN device d";
    private static final String SESSION = " LEFT JOIN device_session s ON s.product = d.product AND s.name = d.name";

    private final Database database;
    private final DeviceRows devices;
    private final SqlProductStore products;
    private final SqlUnitStore units;

    SqlSnapshots(Database database, DeviceRows devices, SqlProductStore products, SqlUnitStore units) {
        this.database = database;
        this.devices = devices;
        this.products = products;
        this.units = units;
    }

    @Override
    public List<DeviceSnapshot> find(Set<DeviceId> ids, Set<String> aliases) {
        return database.read(sql -> {
            List<Found> found = new ArrayList<>();
            if (!ids.isEmpty()) {
                found.addAll(byId(sql, ids));
            }
            if (!aliases.isEmpty()) {
                found.addAll(byAlias(sql, aliases));
            }
            return found.isEmpty() ? List.of() : withProducts(sql, found);
        });
    }

    private List<Found> byId(Sql sql, Collection<DeviceId> ids) throws SQLException {
        return sql.list(
                "WITH wanted (product, name) AS (VALUES " + Sql.values(2, ids.size()) + ") " + SELECT
                        + " ON d.product = w.product AND d.name = w.name" + SESSION,
                this::found,
                ids.stream().flatMap(id -> Stream.of(id.product(), id.name())).toArray());
    }

    private List<Found> byAlias(Sql sql, Collection<String> aliases) throws SQLException {
        return sql.list(
                "WITH wanted (alias) AS (VALUES " + Sql.values(1, aliases.size()) + ") " + SELECT
                        + " ON d.alias = w.alias" + SESSION,
                this::found,
                aliases.toArray());
    }

    private Found found(Row row) throws SQLException {
        return new Found(devices.device(row), row.numberOrNull());
    }

    private List<DeviceSnapshot> withProducts(Sql sql, List<Found> found) throws SQLException {
        Map<String, Product> byKey = new HashMap<>();
        Set<String> keys = new HashSet<>();
        found.forEach(each -> keys.add(each.device().id().product()));
        products.findAll(sql, keys).forEach(product -> byKey.put(product.key(), product));
        Map<DeviceId, List<Unit>> unitsOf =
                units.all(sql, found.stream().map(each -> each.device().id()).toList());
        List<DeviceSnapshot> snapshots = new ArrayList<>(found.size());
        for (Found each : found) {
            Product product = byKey.get(each.device().id().product());
            // null: deleted between the two queries, and the device with it
            if (product != null) {
                snapshots.add(new DeviceSnapshot(
                        each.device(),
                        product,
                        each.sessionExpires() != null,
                        unitsOf.getOrDefault(each.device().id(), List.of())));
            }
        }
        return snapshots;
    }

    private record Found(Device device, @Nullable Long sessionExpires) {}
}
