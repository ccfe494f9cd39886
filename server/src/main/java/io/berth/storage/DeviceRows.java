package io.berth.storage;

import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.device.Versions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A device as a row, for whatever reads or inserts some as a part of a larger transaction.
final class DeviceRows {
    static final String COLUMNS =
            "d.product, d.name, d.alias, d.node_id, d.secret, d.enabled, d.created, d.activated, d.last_seen, d.address,"
                    + " d.spare_secret, d.nickname, d.description, d.extension, d.secure_only, d.activate_by,"
                    + " d.firmware, d.software, d.sdk, d.by_certificate, d.pin, d.spare_pin";

    private static final String INSERT = """
            INSERT INTO device (serial, product, name, alias, node_id, secret, enabled, created, activated, last_seen,
            address, spare_secret, nickname, description, extension, secure_only, activate_by, firmware, software, sdk,
            by_certificate, pin, spare_pin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    /// Both engines allow at least 32,766 values in a statement; far below, statements stay small.
    private static final int LOOKED_UP_AT_ONCE = 500;

    private final SecretCipher cipher;
    private final Serials serials;

    DeviceRows(SecretCipher cipher, Serials serials) {
        this.cipher = cipher;
        this.serials = serials;
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
                versions(row),
                pins(row));
    }

    private @Nullable Secret spare(Row row, DeviceId id) throws SQLException {
        byte[] sealed = row.bytesOrNull();
        return sealed == null ? null : cipher.open(sealed, SecretCipher.rowOf(id));
    }

    byte[] secret(Device device) {
        return cipher.seal(device.secret(), SecretCipher.rowOf(device.id()));
    }

    byte @Nullable [] spare(Device device) {
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

    private static @Nullable Pins pins(Row row) throws SQLException {
        boolean byCertificate = row.flag();
        Pins pins = new Pins(fingerprint(row.textOrNull()), fingerprint(row.textOrNull()));
        return byCertificate ? pins : null;
    }

    private static @Nullable Fingerprint fingerprint(@Nullable String hex) {
        return hex == null ? null : new Fingerprint(hex);
    }

    static @Nullable String first(@Nullable Pins pins) {
        return pins == null || pins.first() == null ? null : pins.first().hex();
    }

    static @Nullable String second(@Nullable Pins pins) {
        return pins == null || pins.second() == null ? null : pins.second().hex();
    }

    /// What became of each, in order.
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
            secret(device),
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
            versions.sdk(),
            device.pins() != null,
            first(device.pins()),
            second(device.pins())
        };
    }
}
