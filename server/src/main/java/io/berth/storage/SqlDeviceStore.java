package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Versions;
import io.berth.core.product.Products;
import io.berth.storage.Engine.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Devices.
final class SqlDeviceStore implements DeviceStore {
    /// Imports and presence touch many rows each: on one writer they never wait for one another.
    static final Object BULK_LANE = SqlDeviceStore.class.getName();

    private final Database database;
    private final DeviceRows rows;

    SqlDeviceStore(Database database, DeviceRows rows) {
        this.database = database;
        this.rows = rows;
    }

    @Override
    public void insert(Device device) {
        ImportVerdict verdict = database.write(
                device.id(), sql -> rows.insertAll(sql, List.of(device)).getFirst());
        DeviceId id = device.id();
        switch (verdict) {
            case CREATED -> {}
            case PRODUCT_NOT_FOUND -> throw Products.notFound(id.product());
            case UNCHANGED, DEVICE_EXISTS ->
                throw new ProblemException(
                        Problem.DEVICE_EXISTS, "device \"" + id.name() + "\" exists in product " + id.product());
            case ALIAS_TAKEN ->
                throw new ProblemException(
                        Problem.ALIAS_TAKEN, "the alias \"" + device.alias() + "\" names another device");
        }
    }

    @Override
    public List<ImportVerdict> insertAll(List<Device> devices, boolean dryRun) {
        return database.write(BULK_LANE, sql -> {
            sql.update("SAVEPOINT import");
            List<ImportVerdict> verdicts = rows.insertAll(sql, devices);
            if (dryRun) {
                sql.update("ROLLBACK TO SAVEPOINT import");
            }
            sql.update("RELEASE SAVEPOINT import");
            return verdicts;
        });
    }

    @Override
    public void update(Device device) {
        DeviceId id = device.id();
        database.change(id, sql -> {
            DeviceProfile profile = device.profile();
            int updated = sql.update(
                    """
                    UPDATE device SET secret = ?, spare_secret = ?, enabled = ?, activated = ?, nickname = ?,
                    description = ?, extension = ?, secure_only = ?, activate_by = ? WHERE product = ? AND name = ?""",
                    rows.secret(device),
                    rows.spare(device),
                    device.enabled(),
                    device.activated(),
                    profile.nickname(),
                    profile.description(),
                    profile.extension(),
                    profile.secureOnly(),
                    profile.activateBy(),
                    id.product(),
                    id.name());
            if (updated == 0) {
                throw DeviceStore.notFound(id);
            }
        });
    }

    @Override
    public void updatePins(DeviceId id, @Nullable Pins pins) {
        database.change(id, sql -> {
            int updated = sql.update(
                    "UPDATE device SET by_certificate = ?, pin = ?, spare_pin = ? WHERE product = ? AND name = ?",
                    pins != null,
                    DeviceRows.first(pins),
                    DeviceRows.second(pins),
                    id.product(),
                    id.name());
            if (updated == 0) {
                throw DeviceStore.notFound(id);
            }
        });
    }

    @Override
    public boolean pin(DeviceId id, Fingerprint fingerprint) {
        return database.write(id, sql -> sql.update("""
                        UPDATE device SET pin = ? WHERE product = ? AND name = ?
                        AND by_certificate = 1 AND pin IS NULL AND spare_pin IS NULL""", fingerprint.hex(), id.product(), id.name()) > 0);
    }

    @Override
    public void updateVersions(DeviceId id, Versions versions) {
        database.change(
                id,
                sql -> sql.update(
                        "UPDATE device SET firmware = ?, software = ?, sdk = ? WHERE product = ? AND name = ?",
                        versions.firmware(),
                        versions.software(),
                        versions.sdk(),
                        id.product(),
                        id.name()));
    }

    @Override
    public List<DeviceId> overdue(Instant now, int limit) {
        return database.read(sql -> sql.list("""
                SELECT product, name FROM device
                WHERE activate_by <= ? AND activate_by IS NOT NULL AND activated IS NULL ORDER BY activate_by LIMIT ?""", row -> new DeviceId(row.text(), row.text()), now, limit));
    }

    @Override
    public void delete(DeviceId id) {
        database.change(id, sql -> {
            SqlTopologyStore.release(sql, id);
            if (sql.update("DELETE FROM device WHERE product = ? AND name = ?", id.product(), id.name()) == 0) {
                throw DeviceStore.notFound(id);
            }
        });
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        return database.read(sql -> sql.one(
                "SELECT " + DeviceRows.COLUMNS + " FROM device d WHERE d.product = ? AND d.name = ?",
                rows::device,
                id.product(),
                id.name()));
    }

    @Override
    public Optional<Device> findByAlias(String alias) {
        return database.read(sql ->
                sql.one("SELECT " + DeviceRows.COLUMNS + " FROM device d WHERE d.alias = ?", rows::device, alias));
    }

    @Override
    public Slice.Found<Device> find(DeviceCondition where, Slice slice) {
        DeviceFilter filter = DeviceFilter.of(where);
        SliceSql part = SliceSql.of(slice, "d.serial", List.of("d.product", "d.name"));
        List<Object> values = new ArrayList<>(filter.values());
        values.addAll(part.values());
        return SliceSql.found(database.read(sql -> sql.list(
                "SELECT " + part.place() + ", " + DeviceRows.COLUMNS + " FROM device d WHERE " + filter.sql()
                        + part.end(),
                row -> new SliceSql.Placed<>(row.text(), rows.device(row)),
                values.toArray())));
    }

    @Override
    public List<Device> byActivation(DeviceCondition where, Slice slice) {
        DeviceFilter filter = DeviceFilter.of(where);
        String direction = slice.order() == Slice.Order.NEWEST_FIRST ? " DESC" : "";
        List<Object> values = new ArrayList<>(filter.values());
        values.add(slice.limit());
        values.add(slice.offset());
        return database.read(sql -> sql.list(
                "SELECT " + DeviceRows.COLUMNS + " FROM device d WHERE " + filter.sql()
                        + " ORDER BY d.activated IS NULL, d.activated" + direction + ", d.serial" + direction
                        + " LIMIT ? OFFSET ?",
                rows::device,
                values.toArray()));
    }

    @Override
    public long count(DeviceCondition where) {
        DeviceFilter filter = DeviceFilter.of(where);
        return database.read(sql -> sql.one(
                        "SELECT COUNT(*) FROM device d WHERE " + filter.sql(),
                        Row::number,
                        filter.values().toArray()))
                .orElse(0L);
    }

    @Override
    public CompletionStage<Void> recordPresence(Collection<Presence> presences) {
        List<@Nullable Object[]> seen = presences.stream()
                // in one order everywhere, so that two nodes on PostgreSQL do not wait for each other
                .sorted(Comparator.comparing(presence -> presence.id().toString()))
                .map(presence -> new @Nullable Object[] {
                    presence.at(),
                    presence.at(),
                    presence.address(),
                    presence.attached(),
                    presence.id().product(),
                    presence.id().name(),
                    presence.at()
                })
                .toList();
        return database.submitChange(BULK_LANE, sql -> sql.updateAll("""
                        UPDATE device SET activated = COALESCE(activated, ?), last_seen = ?, address = ?, attached = ?
                        WHERE product = ? AND name = ? AND (last_seen IS NULL OR last_seen <= ?)""", seen));
    }

    @Override
    public CompletionStage<Void> activate(DeviceId id, Instant at) {
        Object[] row = {at, id.product(), id.name()};
        return database.submitChange(
                BULK_LANE,
                sql -> sql.updateAll(
                        "UPDATE device SET activated = ? WHERE product = ? AND name = ? AND activated IS NULL",
                        List.<Object[]>of(row)));
    }

    @Override
    public List<Presence> attached(int limit) {
        return database.read(sql -> sql.list(
                """
                SELECT product, name, last_seen, address FROM device
                WHERE attached = 1 AND activated IS NOT NULL ORDER BY product, name LIMIT ?""",
                row -> new Presence(new DeviceId(row.text(), row.text()), row.instant(), row.text(), true),
                limit));
    }

    @Override
    public CompletionStage<Void> forgetAttached(Collection<DeviceId> devices) {
        List<@Nullable Object[]> gone = devices.stream()
                .map(id -> new @Nullable Object[] {id.product(), id.name()})
                .toList();
        return database.submitChange(
                BULK_LANE, sql -> sql.updateAll("UPDATE device SET attached = 0 WHERE product = ? AND name = ?", gone));
    }

    /// Work on rows that belong to a device; DEVICE_NOT_FOUND when there is none.
    static <T> Work<T> belonging(DeviceId id, Work<T> work) {
        return Database.referring(() -> DeviceStore.notFound(id), work);
    }
}
