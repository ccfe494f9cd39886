package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.ShadowDocument;
import io.berth.core.state.ShadowStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Shadow documents, each one encoded value beside its version.
final class SqlShadowStore implements ShadowStore {
    private static final String SELECT =
            "SELECT document, version, changed FROM device_shadow WHERE product = ? AND name = ?";

    private final Database database;

    SqlShadowStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ShadowDocument> find(DeviceId device) {
        return database.read(sql -> sql.one(SELECT, SqlShadowStore::read, device.product(), device.name()));
    }

    @Override
    public ShadowDocument change(DeviceId device, Instant now, UnaryOperator<ShadowDocument> change) {
        return database.write(device, SqlDeviceStore.belonging(device, sql -> {
            ShadowDocument before = take(sql, device, ShadowDocument.empty(now));
            ShadowDocument after = change.apply(before);
            sql.update(
                    "UPDATE device_shadow SET version = ?, changed = ?, document = ? WHERE product = ? AND name = ?",
                    after.version(),
                    after.changed(),
                    encode(after),
                    device.product(),
                    device.name());
            return after;
        }));
    }

    /// Makes the row when there is none, and keeps other nodes from it until the change is done.
    private static ShadowDocument take(Sql sql, DeviceId device, ShadowDocument empty) throws SQLException {
        return sql.one(
                        """
                INSERT INTO device_shadow (product, name, version, changed, document) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (product, name) DO UPDATE SET version = device_shadow.version
                RETURNING document, version, changed""",
                        SqlShadowStore::read,
                        device.product(),
                        device.name(),
                        empty.version(),
                        empty.changed(),
                        encode(empty))
                .orElse(empty);
    }

    private static byte[] encode(ShadowDocument document) {
        return ValueCodec.encode(new Value.Fields(Map.of(
                "reported", document.reported(),
                "desired", document.desired(),
                "reportedAt", moments(document.reportedAt()),
                "desiredAt", moments(document.desiredAt()))));
    }

    private static ShadowDocument read(Row row) throws SQLException {
        Value.Fields document = ValueCodec.decodeFields(row.bytes());
        return new ShadowDocument(
                fields(document, "reported"),
                fields(document, "desired"),
                instants(fields(document, "reportedAt")),
                instants(fields(document, "desiredAt")),
                row.number(),
                row.instant());
    }

    private static Value.Fields fields(Value.Fields document, String name) {
        return document.get(name) instanceof Value.Fields fields ? fields : Value.Fields.NONE;
    }

    private static Value.Fields moments(Map<String, Instant> times) {
        Map<String, Value> moments = new HashMap<>();
        times.forEach((name, time) -> moments.put(name, new Value.Moment(time)));
        return new Value.Fields(moments);
    }

    private static Map<String, Instant> instants(Value.Fields moments) {
        Map<String, Instant> times = new HashMap<>();
        moments.fields().forEach((name, value) -> {
            if (value instanceof Value.Moment(Instant time)) {
                times.put(name, time);
            }
        });
        return times;
    }
}
