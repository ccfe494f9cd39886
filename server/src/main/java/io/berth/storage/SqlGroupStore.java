package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Group;
import io.berth.core.device.GroupRule;
import io.berth.core.device.GroupStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Groups, a row for each member of a static one, and a row for each tag.
final class SqlGroupStore implements GroupStore {
    /// Bounds are counted over the rows of many groups: one writer.
    private static final Object LANE = SqlGroupStore.class.getName();

    private static final String SELECT =
            "SELECT g.id, g.name, g.description, g.parent, g.language, g.query, g.created, g.changed FROM device_group g";

    private final Database database;
    private final Serials serials;

    SqlGroupStore(Database database, Serials serials) {
        this.database = database;
        this.serials = serials;
    }

    @Override
    public void insert(Group group, int max) {
        database.write(LANE, Database.referring(() -> notFound(String.valueOf(group.parent())), sql -> {
            int inserted = sql.update(
                    """
                    INSERT INTO device_group (serial, id, name, description, parent, language, query, created, changed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                    serials.next(),
                    group.id(),
                    group.name(),
                    group.description(),
                    group.parent(),
                    language(group.rule()),
                    text(group.rule()),
                    group.created(),
                    group.changed());
            if (inserted == 0) {
                throw nameTaken(group);
            }
            demandAtMost(max, sql.one("SELECT COUNT(*) FROM device_group", Row::number), "there are at most %d groups");
            return inserted;
        }));
    }

    @Override
    public void update(Group group) {
        database.change(LANE, sql -> {
            if (sql.exists("SELECT 1 FROM device_group WHERE name = ? AND id <> ?", group.name(), group.id())) {
                throw nameTaken(group);
            }
            int updated = sql.update(
                    "UPDATE device_group SET name = ?, description = ?, language = ?, query = ?, changed = ? WHERE id = ?",
                    group.name(),
                    group.description(),
                    language(group.rule()),
                    text(group.rule()),
                    group.changed(),
                    group.id());
            if (updated == 0) {
                throw notFound(group.id());
            }
        });
    }

    @Override
    public void delete(String id) {
        ProblemException notEmpty =
                new ProblemException(Problem.GROUP_NOT_EMPTY, "group " + id + " has members or sub-groups");
        int deleted = database.write(
                LANE,
                Database.referring(() -> notEmpty, sql -> sql.update("DELETE FROM device_group WHERE id = ?", id)));
        if (deleted == 0) {
            throw notFound(id);
        }
    }

    @Override
    public Optional<Group> find(String id) {
        return database.read(sql -> sql.one(SELECT + " WHERE g.id = ?", SqlGroupStore::group, id));
    }

    @Override
    public Optional<Group> findByName(String name) {
        return database.read(sql -> sql.one(SELECT + " WHERE g.name = ?", SqlGroupStore::group, name));
    }

    @Override
    public Page<Group> list(Page.Request page) {
        List<Group> found = database.read(sql -> sql.list(
                SELECT + " WHERE g.name > ? ORDER BY g.name LIMIT ?",
                SqlGroupStore::group,
                page.cursor().orElse(""),
                page.limit() + 1));
        return Page.cut(found, page, Group::name);
    }

    @Override
    public List<Group> within(String parent) {
        return database.read(
                sql -> sql.list(SELECT + " WHERE g.parent = ? ORDER BY g.name", SqlGroupStore::group, parent));
    }

    @Override
    public List<Group> of(DeviceId device) {
        return database.read(sql -> sql.list(
                SELECT + " JOIN device_group_member m ON m.group_id = g.id"
                        + " WHERE m.product = ? AND m.name = ? ORDER BY g.name",
                SqlGroupStore::group,
                device.product(),
                device.name()));
    }

    @Override
    public void add(String group, Collection<DeviceId> added, Bounds bounds) {
        database.change(LANE, sql -> {
            if (!sql.exists("SELECT 1 FROM device_group WHERE id = ?", group)) {
                throw notFound(group);
            }
            for (DeviceId device : added) {
                add(sql, group, device, bounds.groupsOfDevice());
            }
            demandAtMost(
                    bounds.devicesOfGroup(),
                    sql.one("SELECT COUNT(*) FROM device_group_member WHERE group_id = ?", Row::number, group),
                    "a group has at most %d devices");
        });
    }

    @Override
    public void remove(String group, Collection<DeviceId> removed) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        removed.forEach(device -> rows.add(new Object[] {group, device.product(), device.name()}));
        database.change(
                LANE,
                sql -> sql.updateAll(
                        "DELETE FROM device_group_member WHERE group_id = ? AND product = ? AND name = ?", rows));
    }

    @Override
    public SequencedMap<String, String> tags(String group) {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        database.read(sql -> sql.list(
                "SELECT key, value FROM device_group_tag WHERE group_id = ? ORDER BY key",
                row -> tags.put(row.text(), row.text()),
                group));
        return tags;
    }

    @Override
    public void replaceTags(String group, Map<String, String> tags) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> rows.add(new Object[] {group, key, value}));
        database.change(LANE, sql -> {
            if (!sql.exists("SELECT 1 FROM device_group WHERE id = ?", group)) {
                throw notFound(group);
            }
            sql.update("DELETE FROM device_group_tag WHERE group_id = ?", group);
            sql.updateAll("INSERT INTO device_group_tag (group_id, key, value) VALUES (?, ?, ?)", rows);
        });
    }

    @Override
    public List<Group> tagged(Map<String, String> tags) {
        StringJoiner each = new StringJoiner(" AND ");
        List<Object> values = new ArrayList<>();
        tags.forEach((key, value) -> {
            each.add("g.id IN (SELECT t.group_id FROM device_group_tag t WHERE t.key = ? AND t.value = ?)");
            values.add(key);
            values.add(value);
        });
        return database.read(sql ->
                sql.list(SELECT + " WHERE " + each + " ORDER BY g.name", SqlGroupStore::group, values.toArray()));
    }

    private static void add(Sql sql, String group, DeviceId device, int maxGroups) throws SQLException {
        int inserted = SqlDeviceStore.belonging(
                        device, unit -> unit.update("""
                                INSERT INTO device_group_member (group_id, product, name) VALUES (?, ?, ?)
                                ON CONFLICT DO NOTHING""", group, device.product(), device.name()))
                .run(sql);
        if (inserted > 0) {
            demandAtMost(
                    maxGroups,
                    sql.one(
                            "SELECT COUNT(*) FROM device_group_member WHERE product = ? AND name = ?",
                            Row::number,
                            device.product(),
                            device.name()),
                    device + " is in %d groups, and that is the most");
        }
    }

    private static void demandAtMost(int max, Optional<Long> counted, String sentence) {
        if (counted.orElse(0L) > max) {
            throw new ProblemException(Problem.LIMIT_REACHED, sentence.formatted(max));
        }
    }

    private static Group group(Row row) throws SQLException {
        String id = row.text();
        String name = row.text();
        String description = row.text();
        String parent = row.textOrNull();
        GroupRule rule = rule(row.textOrNull(), row.textOrNull());
        return new Group(id, name, description, parent, rule, row.instant(), row.instant());
    }

    private static @Nullable GroupRule rule(@Nullable String language, @Nullable String text) {
        return language == null || text == null ? null : new GroupRule(language, text);
    }

    private static @Nullable String language(@Nullable GroupRule rule) {
        return rule == null ? null : rule.language();
    }

    private static @Nullable String text(@Nullable GroupRule rule) {
        return rule == null ? null : rule.text();
    }

    private static ProblemException nameTaken(Group group) {
        return new ProblemException(Problem.GROUP_EXISTS, "a group is called \"" + group.name() + "\" already");
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no group \"" + id + "\"");
    }
}
