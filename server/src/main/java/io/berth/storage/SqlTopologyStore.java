package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.TopologyStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which devices stand behind which gateway, and the newest change of each child of a gateway.
///
/// Whoever changes the children of a gateway holds the row of its version until the end: two nodes that do so
/// at once wait for each other.
final class SqlTopologyStore implements TopologyStore {
    /// Changes touch rows of several gateways: on one writer they never wait for one another.
    private static final Object LANE = SqlTopologyStore.class.getName();

    /// How many changes back a child that went away is remembered.
    private static final int CHANGES_KEPT = 10_000;

    private static final int LOOKED_UP_AT_ONCE = 500;

    private final Database database;

    SqlTopologyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<DeviceId> gatewayOf(DeviceId child) {
        return database.read(sql -> gatewayOf(sql, child));
    }

    @Override
    public Map<DeviceId, DeviceId> gatewaysOf(Collection<DeviceId> children) {
        Map<DeviceId, DeviceId> gateways = new HashMap<>();
        for (Place place : database.read(sql -> places(sql, List.copyOf(children)))) {
            if (place.gateway() != null) {
                gateways.put(place.device(), place.gateway());
            }
        }
        return gateways;
    }

    @Override
    public Page<DeviceId> children(DeviceId gateway, Page.Request page) {
        DeviceCursor after = DeviceCursor.of(page);
        List<DeviceId> found = database.read(sql -> sql.list(
                """
                SELECT product, name FROM topology
                WHERE gateway_product = ? AND gateway_name = ? AND (product, name) > (?, ?)
                ORDER BY product, name LIMIT ?""",
                row -> new DeviceId(row.text(), row.text()),
                gateway.product(),
                gateway.name(),
                after.product(),
                after.name(),
                page.limit() + 1));
        return Page.cut(found, page, DeviceId::toString);
    }

    @Override
    public int countChildren(DeviceId gateway) {
        return (int) database.read(sql -> count(sql, gateway)).longValue();
    }

    @Override
    public Linked link(DeviceId gateway, List<DeviceId> children, int max) {
        return database.write(LANE, SqlDeviceStore.belonging(gateway, sql -> {
            long version = hold(sql, gateway);
            List<Place> moving = placesOfAll(sql, children).stream()
                    .filter(place -> !gateway.equals(place.gateway()))
                    .toList();
            if (count(sql, gateway) + moving.size() > max) {
                throw new ProblemException(
                        Problem.LIMIT_REACHED, "a gateway has at most " + max + " devices behind it");
            }
            Map<DeviceId, DeviceId> from = new HashMap<>();
            for (Place place : moving) {
                if (place.gateway() != null) {
                    from.put(place.device(), place.gateway());
                    note(sql, place.gateway(), hold(sql, place.gateway()), List.of(place.device()), false);
                }
            }
            List<DeviceId> changed = moving.stream().map(Place::device).toList();
            sql.updateAll("""
                    INSERT INTO topology (gateway_product, gateway_name, product, name) VALUES (?, ?, ?, ?)
                    ON CONFLICT (product, name) DO UPDATE SET
                        gateway_product = excluded.gateway_product, gateway_name = excluded.gateway_name""", pairs(gateway, changed));
            return new Linked(changed, from, note(sql, gateway, version, changed, true));
        }));
    }

    @Override
    public Linked unlink(DeviceId gateway, List<DeviceId> children) {
        return database.write(LANE, SqlDeviceStore.belonging(gateway, sql -> {
            long version = hold(sql, gateway);
            int[] deleted = sql.updateAll("""
                    DELETE FROM topology WHERE gateway_product = ? AND gateway_name = ? AND product = ? AND name = ?""", pairs(gateway, children));
            List<DeviceId> changed = new ArrayList<>();
            for (int i = 0; i < deleted.length; i++) {
                if (deleted[i] > 0) {
                    changed.add(children.get(i));
                }
            }
            return new Linked(changed, Map.of(), note(sql, gateway, version, changed, false));
        }));
    }

    /// What goes with the row of a device when it is deleted must still count as a change of its gateway.
    static void release(Sql sql, DeviceId child) throws SQLException {
        Optional<DeviceId> gateway = gatewayOf(sql, child);
        if (gateway.isPresent()) {
            note(sql, gateway.get(), hold(sql, gateway.get()), List.of(child), false);
        }
    }

    @Override
    public long version(DeviceId gateway) {
        return database.read(sql -> sql.one(
                        "SELECT version FROM topology_version WHERE gateway_product = ? AND gateway_name = ?",
                        Row::number,
                        gateway.product(),
                        gateway.name()))
                .orElse(0L);
    }

    @Override
    public List<Change> changesSince(DeviceId gateway, long version) {
        return database.read(sql -> sql.list(
                """
                SELECT product, name, added, version FROM topology_change
                WHERE gateway_product = ? AND gateway_name = ? AND version > ? ORDER BY version""",
                row -> new Change(new DeviceId(row.text(), row.text()), row.flag(), row.number()),
                gateway.product(),
                gateway.name(),
                version));
    }

    /// The version of the gateway, which nobody else changes before this transaction ends.
    private static long hold(Sql sql, DeviceId gateway) throws SQLException {
        return sql.one("""
                        INSERT INTO topology_version (gateway_product, gateway_name, version) VALUES (?, ?, 0)
                        ON CONFLICT (gateway_product, gateway_name) DO UPDATE SET version = topology_version.version
                        RETURNING version""", Row::number, gateway.product(), gateway.name())
                .orElseThrow(() -> DeviceStore.notFound(gateway));
    }

    /// Counts a change for each child; the version after the last.
    private static long note(Sql sql, DeviceId gateway, long version, List<DeviceId> children, boolean added)
            throws SQLException {
        if (children.isEmpty()) {
            return version;
        }
        List<@Nullable Object[]> changes = new ArrayList<>(children.size());
        long last = version;
        for (DeviceId child : children) {
            changes.add(new Object[] {gateway.product(), gateway.name(), child.product(), child.name(), added, ++last});
        }
        sql.updateAll("""
                INSERT INTO topology_change (gateway_product, gateway_name, product, name, added, version)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (gateway_product, gateway_name, product, name) DO UPDATE SET
                    added = excluded.added, version = excluded.version""", changes);
        sql.update(
                "UPDATE topology_version SET version = ? WHERE gateway_product = ? AND gateway_name = ?",
                last,
                gateway.product(),
                gateway.name());
        sql.update("""
                DELETE FROM topology_change
                WHERE gateway_product = ? AND gateway_name = ? AND added = 0 AND version <= ?""", gateway.product(), gateway.name(), last - CHANGES_KEPT);
        return last;
    }

    private static Optional<DeviceId> gatewayOf(Sql sql, DeviceId child) throws SQLException {
        return sql.one(
                "SELECT gateway_product, gateway_name FROM topology WHERE product = ? AND name = ?",
                row -> new DeviceId(row.text(), row.text()),
                child.product(),
                child.name());
    }

    /// Where each device stands, in their order; DEVICE_NOT_FOUND names the first there is none of.
    private static List<Place> placesOfAll(Sql sql, List<DeviceId> devices) throws SQLException {
        Map<DeviceId, Place> found = new HashMap<>();
        places(sql, devices).forEach(place -> found.put(place.device(), place));
        List<Place> places = new ArrayList<>(found.size());
        for (DeviceId device : new LinkedHashSet<>(devices)) {
            Place place = found.get(device);
            if (place == null) {
                throw DeviceStore.notFound(device);
            }
            places.add(place);
        }
        return places;
    }

    /// Where those of the devices stand that there are, in any order.
    private static List<Place> places(Sql sql, List<DeviceId> devices) throws SQLException {
        List<Place> places = new ArrayList<>(devices.size());
        for (int from = 0; from < devices.size(); from += LOOKED_UP_AT_ONCE) {
            List<DeviceId> some = devices.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, devices.size()));
            places.addAll(sql.list(
                    "WITH wanted (product, name) AS (VALUES " + Sql.values(2, some.size()) + """
                    ) SELECT d.product, d.name, t.gateway_product, t.gateway_name
                    FROM wanted w JOIN device d ON d.product = w.product AND d.name = w.name
                    LEFT JOIN topology t ON t.product = d.product AND t.name = d.name""",
                    SqlTopologyStore::place,
                    some.stream()
                            .flatMap(id -> Stream.of(id.product(), id.name()))
                            .toArray()));
        }
        return places;
    }

    private static Place place(Row row) throws SQLException {
        DeviceId device = new DeviceId(row.text(), row.text());
        String product = row.textOrNull();
        String name = row.textOrNull();
        return new Place(device, product == null || name == null ? null : new DeviceId(product, name));
    }

    private static long count(Sql sql, DeviceId gateway) throws SQLException {
        return sql.one(
                        "SELECT COUNT(*) FROM topology WHERE gateway_product = ? AND gateway_name = ?",
                        Row::number,
                        gateway.product(),
                        gateway.name())
                .orElse(0L);
    }

    private static List<@Nullable Object[]> pairs(DeviceId gateway, List<DeviceId> children) {
        List<@Nullable Object[]> pairs = new ArrayList<>(children.size());
        for (DeviceId child : children) {
            pairs.add(new Object[] {gateway.product(), gateway.name(), child.product(), child.name()});
        }
        return pairs;
    }

    /// @param gateway null when the device stands behind none
    private record Place(DeviceId device, @Nullable DeviceId gateway) {}
}
