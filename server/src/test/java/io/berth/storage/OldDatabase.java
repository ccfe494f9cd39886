package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.ThingsOnDisk.sample;

import io.berth.binary.ValueCodec;
import io.berth.core.Value;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.thing.ThingModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// A database as the release with schema 9 left it, with rows in every table of it: two products with a gateway and
/// a child, what they reported, and what people and applications kept beside them.
final class OldDatabase {
    static final int SCHEMA = 9;
    static final DeviceId CHILD = new DeviceId("a1old", "child");
    static final DeviceId GATEWAY = new DeviceId("b2new", "gateway");

    private static final long T = NOW.toEpochMilli();

    private final StorageConfig config;
    private final Path directory;
    private final SecretCipher cipher;

    OldDatabase(TestEngine engine, Path directory) {
        this.config = Samples.config(engine.emptyDatabase());
        this.directory = directory;
        this.cipher = new SecretCipher(MasterKey.load(directory, Samples.KEY));
        use(old -> {
            Flyway.configure()
                    .dataSource(
                            old.address().url(),
                            old.address().user(),
                            old.address().password())
                    .locations("classpath:db/migration")
                    .placeholders(old.placeholders())
                    .target(Integer.toString(SCHEMA))
                    .load()
                    .migrate();
            old.write(sql -> {
                fill(sql);
                return true;
            });
            report(old);
        });
    }

    /// Opens it as this build does.
    Storage upgraded() {
        return Storage.open(config, directory, MasterKey.load(directory, Samples.KEY), () -> NOW);
    }

    /// Every row of every table but Flyway's, as text by column, in a fixed order.
    Map<String, List<Map<String, String>>> rows() {
        Map<String, List<Map<String, String>>> rows = new TreeMap<>();
        use(engine -> {
            for (String table : engine.read(OldDatabase::tables)) {
                rows.put(table, engine.read(sql -> rows(sql, table)));
            }
        });
        return rows;
    }

    private static Set<String> tables(Sql sql) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet found = sql.connection()
                .getMetaData()
                .getTables(null, sql.connection().getSchema(), "%", new String[] {"TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        tables.removeIf(name -> name.startsWith("flyway") || name.startsWith("sqlite"));
        return tables;
    }

    private static List<Map<String, String>> rows(Sql sql, String table) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Statement statement = sql.connection().createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i), text(found.getObject(i)));
                }
                rows.add(row);
            }
        }
        rows.sort((left, right) -> left.toString().compareTo(right.toString()));
        return rows;
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }

    private interface Use {
        void of(Engine engine) throws SQLException;
    }

    private void use(Use use) {
        Engine engine = config.url().isEmpty()
                ? SqliteEngine.open("jdbc:sqlite:" + directory.resolve(SqliteEngine.FILE), 2)
                : PostgresEngine.open(config);
        try (engine) {
            use.of(engine);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A report that was folded into the newest values and the history, and one that is in the journal only.
    private static void report(Engine engine) {
        Database database = new Database(engine, 100);
        SqlThingStore things = SqlThingStore.open(database, ThingsOnDisk.CONFIG, () -> NOW);
        report(things, Facts.ofSamples(CHILD, List.of(sample("t", 20, NOW.minusSeconds(1)))));
        things.fold();
        report(things, Facts.ofSamples(CHILD, List.of(sample("t", 21, NOW))));
        database.close(); // as a killed process: nothing more is folded
    }

    private static void report(SqlThingStore things, Facts facts) {
        CompletableFuture<@Nullable Void> durable = new CompletableFuture<>();
        things.append(List.of(facts), failure -> {
            if (failure == null) {
                durable.complete(null);
            } else {
                durable.completeExceptionally(failure);
            }
        });
        durable.join();
    }

    private void fill(Sql sql) throws SQLException {
        insert(sql, "meta", "made-by", "an old release");
        // in the order of their age, which is not that of their keys
        product(sql, "b2new", "GATEWAY", T - 1_000);
        product(sql, "a1old", "DIRECT", T - 2_000);
        insert(sql, "product_topic", "b2new", 0, "user/update", "PUBLISH");
        insert(sql, "product_topic", "b2new", 1, "user/get", "SUBSCRIBE");
        insert(sql, "product_topic", "a1old", 0, "user/#", "SUBSCRIBE");
        device(sql, GATEWAY, T - 500);
        device(sql, CHILD, T - 600);
        sessions(sql);
        callers(sql);
        models(sql);
        belongings(sql);
        topology(sql);
        groups(sql);
        automation(sql);
    }

    private void product(Sql sql, String key, String node, long created) throws SQLException {
        byte[] secret = cipher.seal(new Secret("secret-of-" + key), SecretCipher.rowOfProduct(key));
        // in releases of that schema two products could have one name
        insert(sql, "product", key, "alias-" + key, "Lamp 灯", secret, "SECRET", node, "JSON", 1, created);
    }

    private void device(Sql sql, DeviceId id, long created) throws SQLException {
        byte[] secret = cipher.seal(new Secret("secret-of-" + id.name()), SecretCipher.rowOf(id));
        insert(
                sql,
                "device",
                id.product(),
                id.name(),
                "alias-" + id.name(),
                id.name(),
                secret,
                1,
                created,
                created + 1,
                created + 2,
                "192.0.2.7:4711",
                1);
    }

    private static void sessions(Sql sql) throws SQLException {
        insert(sql, "device_session", "a1old", "child", T + 86_400_000, 7, 1, null);
        insert(sql, "session_subscription", "a1old", "child", "/a1old/child/user/#", "AT_LEAST_ONCE");
        insert(sql, "session_message", "a1old", "child", 7, T, "/a1old/child/user/get", bytes("hello"), "m-1");
        sql.update(
                "INSERT INTO refusal (created, dialect, product, device, claimed, fault, cause, fix, fields, listener,"
                        + " address, transport) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                T,
                "aliyun",
                "a1old",
                "child",
                "child&a1old",
                "WRONG_SIGNATURE",
                "the signature is wrong",
                "correct the secret",
                "",
                "mqtt",
                "192.0.2.7:4711",
                "tcp");
    }

    private void callers(Sql sql) throws SQLException {
        byte[] secret = cipher.seal(new Secret("secret-of-key"), SecretCipher.rowOfAccessKey("BERTHKEY"));
        insert(sql, "access_key", "BERTHKEY", secret, T);
        insert(sql, "user_password", "admin", "pbkdf2$1$AAAA$AAAA");
        insert(sql, "token", "digest-of-admin", "admin", T + 1_000_000);
        insert(sql, "token", "digest-of-ci", "ci", T + 1_000_000);
    }

    private static void models(Sql sql) throws SQLException {
        byte[] model = CompiledModels.encode(ThingModel.EMPTY);
        insert(sql, "thing_model_draft", "a1old", model);
        insert(sql, "thing_model", "a1old", 1, T, "digest", model);
        insert(sql, "product_script", "a1old", "function rawDataToProtocol(bytes) { return {}; }", T);
        insert(sql, "remote_config", "a1old", "config-1", bytes("{}"), "sha", T);
        insert(sql, "remote_config_enabled", "a1old");
    }

    private static void belongings(Sql sql) throws SQLException {
        byte[] document = ValueCodec.encode(Value.Fields.of("reported", Value.Fields.of("t", new Value.Whole(21))));
        insert(sql, "device_shadow", "a1old", "child", 3, T, document);
        insert(sql, "device_tag", "a1old", "child", "room", "7");
        insert(sql, "device_log", "a1old", "child", 1, T, "INFO", "main", "0", "trace", "started");
        insert(sql, "device_log_wanted", "a1old", "child");
        sql.update(
                "INSERT INTO device_call (product, device, id, kind, target, input, sync, timeout, keep_for, state,"
                        + " request_id, created, expires, misfit, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?)",
                "a1old",
                "child",
                "call-1",
                "SERVICE",
                "blink",
                ValueCodec.encode(Value.Fields.of("times", new Value.Whole(3))),
                0,
                10_000,
                60_000,
                "QUEUED",
                "",
                T,
                T + 60_000,
                "",
                "");
    }

    private static void topology(Sql sql) throws SQLException {
        insert(sql, "topology", "a1old", "child", "b2new", "gateway");
        insert(sql, "topology_version", "b2new", "gateway", 1);
        insert(sql, "topology_change", "b2new", "gateway", "a1old", "child", 1, 1);
    }

    private static void groups(Sql sql) throws SQLException {
        insert(sql, "device_group", "g-parent", "everything", "", null, "name = 'child'", T - 2);
        insert(sql, "device_group", "g-child", "first floor", "lamps", "g-parent", null, T - 1);
        insert(sql, "device_group_member", "g-child", "a1old", "child");
        insert(sql, "consumer_group", "cg-1", "orders", "native", "a1old", "MESSAGE", 86_400_000, 1_000, 10, T);
        insert(sql, "reader_cursor", "cg-1", 0, 41, new byte[0]);
        sql.update(
                "INSERT INTO dead_letter (reader, part, place, record, attempts, reason) VALUES (?, ?, ?, ?, ?, ?)",
                "cg-1",
                0,
                40,
                bytes("record"),
                10,
                "nobody accepted it");
    }

    private void automation(Sql sql) throws SQLException {
        insert(sql, "rule", "rule-1", "forward", 1, "MESSAGE", "a1old", "", "", "aliyun", "SQL", "SELECT *", "", T);
        byte[] settings = cipher.seal(
                ValueCodec.encode(Value.Fields.of("url", new Value.Text("http://127.0.0.1:1/"))),
                SecretCipher.rowOfAction("rule-1", "action-1"));
        insert(sql, "rule_action", "rule-1", 0, "action-1", "http", settings, 100, 60_000, 1_000, 5, 1, "");
        insert(sql, "alarm", "rule-1", null, null, "MAJOR", "nobody answers", T, T, 1, null, null);
        sql.update(
                "INSERT INTO alarm_step (source, time, change, changed_by, severity, text) VALUES (?, ?, ?, ?, ?, ?)",
                "rule-1",
                T,
                "RAISED",
                "",
                "MAJOR",
                "nobody answers");
        insert(sql, "scene", "night", "lights out", 1, ValueCodec.encode(Value.Fields.NONE), T);
        insert(sql, "scene_standing", "night", 0, "a1old", "child", T, 1);
    }

    /// A row of values for every column, in their order.
    private static void insert(Sql sql, String table, @Nullable Object... values) throws SQLException {
        sql.update("INSERT INTO " + table + " VALUES " + Sql.values(values.length, 1), values);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
