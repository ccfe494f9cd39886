package io.berth.storage;

import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.Relation;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.device.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// A condition on devices as SQL on `d`, with the values to bind in their order: nothing that was asked for
/// gets into the text. Never null, so that a NOT around it says the opposite.
final class DeviceFilter {
    /// Follows every other character: what begins with a text lies between it and it with this behind.
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private static final String AND = " AND ";

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private DeviceFilter() {}

    static DeviceFilter of(DeviceCondition condition) {
        DeviceFilter filter = new DeviceFilter();
        filter.add(condition);
        return filter;
    }

    String sql() {
        return sql.toString();
    }

    List<Object> values() {
        return values;
    }

    private void add(DeviceCondition condition) {
        switch (condition) {
            case DeviceCondition.All(var parts) -> join(parts, AND);
            case DeviceCondition.Any(var parts) -> join(parts, " OR ");
            case DeviceCondition.Not(DeviceCondition part) -> {
                sql.append("NOT (");
                add(part);
                sql.append(')');
            }
            case DeviceCondition.TextIn(TextField field, List<String> texts) -> {
                begin(field);
                in(texts);
                end(field);
            }
            case DeviceCondition.TextBegins(TextField field, String prefix) -> {
                begin(field);
                sql.append(" BETWEEN ? AND ?");
                values.add(prefix);
                values.add(prefix + LAST_CHARACTER);
                end(field);
            }
            case DeviceCondition.NodeTypeIn(var types) -> {
                sql.append("d.product IN (SELECT key FROM product WHERE node_type");
                in(types);
                sql.append(')');
            }
            case DeviceCondition.Enabled() -> sql.append("d.enabled = 1");
            case DeviceCondition.Attached() -> sql.append("d.attached = 1");
            case DeviceCondition.Behind(DeviceId gateway) -> {
                sql.append("(d.product, d.name) IN (SELECT t.product, t.name FROM topology t"
                        + " WHERE t.gateway_product = ? AND t.gateway_name = ?)");
                values.add(gateway.product());
                values.add(gateway.name());
            }
            case DeviceCondition.FarBehind(DeviceId gateway) -> {
                sql.append("""
                        (d.product, d.name) IN (WITH RECURSIVE below (product, name) AS (
                        SELECT t.product, t.name FROM topology t WHERE t.gateway_product = ? AND t.gateway_name = ?
                        UNION SELECT t.product, t.name FROM topology t JOIN below b
                        ON t.gateway_product = b.product AND t.gateway_name = b.name)
                        SELECT product, name FROM below)""");
                values.add(gateway.product());
                values.add(gateway.name());
            }
            case DeviceCondition.Child() ->
                sql.append("(d.product, d.name) IN (SELECT t.product, t.name FROM topology t)");
            case DeviceCondition.MemberOf(String group) -> {
                sql.append("(d.product, d.name) IN"
                        + " (SELECT m.product, m.name FROM device_group_member m WHERE m.group_id = ?)");
                values.add(group);
            }
            case DeviceCondition.Placed(Relation relation, String place) -> {
                sql.append("d.serial").append(sign(relation)).append('?');
                values.add(place);
            }
            case DeviceCondition.TimeIs(TimeField field, Relation relation, var time) -> {
                sql.append("COALESCE(")
                        .append(column(field))
                        .append(sign(relation))
                        .append("?, 1 = 0)");
                values.add(time);
            }
        }
    }

    private void join(List<DeviceCondition> parts, String between) {
        if (parts.isEmpty()) {
            sql.append(between.equals(AND) ? "1 = 1" : "1 = 0");
            return;
        }
        sql.append('(');
        for (int i = 0; i < parts.size(); i++) {
            sql.append(i == 0 ? "" : between);
            add(parts.get(i));
        }
        sql.append(')');
    }

    private void in(List<?> any) {
        StringJoiner marks = new StringJoiner(", ", " IN (", ")");
        any.forEach(value -> {
            marks.add("?");
            values.add(value);
        });
        sql.append(marks);
    }

    /// Up to where a condition on the text can follow.
    private void begin(TextField field) {
        switch (field) {
            case TextField.Name name ->
                sql.append(
                        switch (name) {
                            case PRODUCT -> "d.product";
                            case NAME -> "d.name";
                            case ALIAS -> "d.alias";
                            case NODE_ID -> "d.node_id";
                            case NICKNAME -> "d.nickname";
                            case FIRMWARE -> "d.firmware";
                            case SOFTWARE -> "d.software";
                            // as a look at each row: listings by age then walk their index instead of sorting all
                            case SPACE -> "EXISTS (SELECT 1 FROM product p WHERE p.key = d.product AND p.space";
                        });
            case TextField.Tag(String key) -> {
                sql.append(
                        "(d.product, d.name) IN (SELECT t.product, t.name FROM device_tag t WHERE t.key = ? AND t.value");
                values.add(key);
            }
        }
    }

    private void end(TextField field) {
        if (field instanceof TextField.Tag || field == TextField.Name.SPACE) {
            sql.append(')');
        }
    }

    private static String column(TimeField field) {
        return switch (field) {
            case CREATED -> "d.created";
            case ACTIVATED -> "d.activated";
            case LAST_SEEN -> "d.last_seen";
        };
    }

    private static String sign(Relation relation) {
        return switch (relation) {
            case BEFORE -> " < ";
            case NOT_AFTER -> " <= ";
            case AT -> " = ";
            case NOT_BEFORE -> " >= ";
            case AFTER -> " > ";
        };
    }
}
