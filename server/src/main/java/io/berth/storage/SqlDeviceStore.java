package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Versions;
import io.berth.core.product.Products;
import io.berth.storage.Engine.Work;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Devices.
final class SqlDeviceStore implements DeviceStore {
    static final String COLUMNS =
            "d.product, d.name, d.alias, d.node_id, d.secret, d.enabled, d.created, d.activated, d.last_seen, d.address,"
                    + " d.spare_secret, d.nickname, d.description, d.extension, d.secure_only, d.activate_by,"
                    + " d.firmware, d.software, d.sdk";

    private static final String INSERT = """
            INSERT INTO device (serial, product, name, alias, node_id, secret, enabled, created, activated, last_seen,
            address, spare_secret, nickname, description, extension, secure_only, activate_by, firmware, software, sdk)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    /// Both engines allow at least 32,766 values in a statement; far below, statements stay small.
    private static final int LOOKED_UP_AT_ONCE = 500;

    /// Imports and presence touch many rows each: on one writer they never wait for one another.
    static final Object BULK_LANE = SqlDeviceStore.class.getName();

    private final Database database;
    private final SecretCipher cipher;
    private final Serials serials;

    SqlDeviceStore(Database database, SecretCipher cipher, Serials serials) {
        this.database = database;
        this.cipher = cipher;
        this.serials = serials;
    }

    @Override
    public void insert(Device device) {
        ImportVerdict verdict = database.write(
                device.id(), sql -> insertAll(sql, List.of(device)).getFirst());
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
            List<ImportVerdict> verdicts = insertAll(sql, devices);
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
                    cipher.seal(device.secret(), SecretCipher.rowOf(id)),
                    spare(device),
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
                "SELECT " + COLUMNS + " FROM device d WHERE d.product = ? AND d.name = ?",
                this::device,
                id.product(),
                id.name()));
    }

    @Override
    public Optional<Device> findByAlias(String alias) {
        return database.read(
                sql -> sql.one("SELECT " + COLUMNS + " FROM device d WHERE d.alias = ?", this::device, alias));
    }

    @Override
    public Slice.Found<Device> find(DeviceCondition where, Slice slice) {
        DeviceFilter filter = DeviceFilter.of(where);
        SliceSql part = SliceSql.of(slice, "d.serial", List.of("d.product", "d.name"));
        List<Object> values = new ArrayList<>(filter.values());
        values.addAll(part.values());
        return SliceSql.found(database.read(sql -> sql.list(
                "SELECT " + part.place() + ", " + COLUMNS + " FROM device d WHERE " + filter.sql() + part.end(),
                row -> new SliceSql.Placed<>(row.text(), device(row)),
                values.toArray())));
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
        List<@Nullable Object[]> rows = presences.stream()
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
                        WHERE product = ? AND name = ? AND (last_seen IS NULL OR last_seen <= ?)""", rows));
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
        List<@Nullable Object[]> rows = devices.stream()
                .map(id -> new @Nullable Object[] {id.product(), id.name()})
                .toList();
        return database.submitChange(
                BULK_LANE, sql -> sql.updateAll("UPDATE device SET attached = 0 WHERE product = ? AND name = ?", rows));
    }

    /// Work on rows that belong to a device; DEVICE_NOT_FOUND when there is none.
    static <T> Work<T> belonging(DeviceId id, Work<T> work) {
        return Database.referring(() -> DeviceStore.notFound(id), work);
    }

    /// Reads the columns of [#COLUMNS].
    Device device(Row row) throws SQLException {
        DeviceId id = new DeviceId(row.text(), row.text());
        return new Device(
                id,
                row.text(),
                row.text(),
                cipher.open(row.bytes(), SecretCipher.rowOf(id)),
                row.flag(),
                row.instant(),
                row.instantOrNull(),
                row.instantOrNull(),
                row.textOrNull(),
                spare(row, id),
                profile(row),
                versions(row));
    }

    private @Nullable Secret spare(Row row, DeviceId id) throws SQLException {
        byte[] sealed = row.bytesOrNull();
        return sealed == null ? null : cipher.open(sealed, SecretCipher.rowOf(id));
    }

    private byte @Nullable [] spare(Device device) {
        Secret spare = device.spareSecret();
        return spare == null ? null : cipher.seal(spare, SecretCipher.rowOf(device.id()));
    }

    /// Most devices have none, and many are in memory.
    private static DeviceProfile profile(Row row) throws SQLException {
        DeviceProfile profile = new DeviceProfile(row.text(), row.text(), row.text(), row.flag(), row.instantOrNull());
        return profile.equals(DeviceProfile.EMPTY) ? DeviceProfile.EMPTY : profile;
    }

    private static Versions versions(Row row) throws SQLException {
        Versions versions = new Versions(row.text(), row.text(), row.text());
        return versions.equals(Versions.NONE) ? Versions.NONE : versions;
    }

    /// As a part of a larger transaction.
    List<ImportVerdict> insertAll(Sql sql, List<Device> devices) throws SQLException {
        Set<String> products = productsAmong(sql, devices);
        List<Device> insertable = devices.stream()
                .filter(device -> products.contains(device.id().product()))
                .toList();
        int[] inserted =
                sql.updateAll(INSERT, insertable.stream().map(this::values).toList());
        List<Device> left = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] == 0) {
                left.add(insertable.get(i));
            }
        }
        Map<DeviceId, Device> existing =
                existing(sql, left.stream().map(Device::id).toList());
        List<ImportVerdict> verdicts = new ArrayList<>(devices.size());
        int next = 0;
        for (Device device : devices) {
            if (!products.contains(device.id().product())) {
                verdicts.add(ImportVerdict.PRODUCT_NOT_FOUND);
            } else if (inserted[next++] > 0) {
                verdicts.add(ImportVerdict.CREATED);
            } else {
                verdicts.add(verdict(device, existing.get(device.id())));
            }
        }
        return verdicts;
    }

    private static ImportVerdict verdict(Device device, @Nullable Device existing) {
        if (existing == null) {
            return ImportVerdict.ALIAS_TAKEN;
        }
        boolean same =
                existing.alias().equals(device.alias()) && existing.secret().equals(device.secret());
        return same ? ImportVerdict.UNCHANGED : ImportVerdict.DEVICE_EXISTS;
    }

    private static Set<String> productsAmong(Sql sql, List<Device> devices) throws SQLException {
        Set<String> named = new HashSet<>();
        devices.forEach(device -> named.add(device.id().product()));
        Set<String> found = new HashSet<>();
        for (String key : named) {
            if (sql.exists("SELECT 1 FROM product WHERE key = ?", key)) {
                found.add(key);
            }
        }
        return found;
    }

    /// Those of these devices that there are.
    Map<DeviceId, Device> existing(Sql sql, List<DeviceId> devices) throws SQLException {
        Map<DeviceId, Device> existing = new HashMap<>();
        for (int from = 0; from < devices.size(); from += LOOKED_UP_AT_ONCE) {
            List<DeviceId> ids = devices.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, devices.size())).stream()
                    .distinct()
                    .toList();
            sql.list(
                            "WITH wanted (product, name) AS (VALUES " + Sql.values(2, ids.size()) + ") SELECT "
                                    + COLUMNS
                                    + " FROM wanted w JOIN device d ON d.product = w.product AND d.name = w.name",
                            this::device,
                            ids.stream()
                                    .flatMap(id -> Stream.of(id.product(), id.name()))
                                    .toArray())
                    .forEach(device -> existing.put(device.id(), device));
        }
        return existing;
    }

    private @Nullable Object[] values(Device device) {
        DeviceId id = device.id();
        DeviceProfile profile = device.profile();
        Versions versions = device.versions();
        return new @Nullable Object[] {
            serials.next(),
            id.product(),
            id.name(),
            device.alias(),
            device.nodeId(),
            cipher.seal(device.secret(), SecretCipher.rowOf(id)),
            device.enabled(),
            device.created(),
            device.activated(),
            device.lastSeen(),
            device.address(),
            spare(device),
            profile.nickname(),
            profile.description(),
            profile.extension(),
            profile.secureOnly(),
            profile.activateBy(),
            versions.firmware(),
            versions.software(),
            versions.sdk()
        };
    }
}
