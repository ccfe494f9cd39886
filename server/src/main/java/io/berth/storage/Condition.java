package io.berth.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The condition of a statement with the values it binds, joined by AND.
final class Condition {
    private final StringBuilder sql;
    private final List<Object> values = new ArrayList<>();

    Condition(String first, Object value) {
        this.sql = new StringBuilder(first);
        values.add(value);
    }

    Condition and(String next, Object value) {
        sql.append(" AND ").append(next);
        values.add(value);
        return this;
    }

    /// Whether the column is one of these; an empty collection demands nothing.
    Condition among(String column, Collection<?> wanted) {
        if (!wanted.isEmpty()) {
            sql.append(" AND ")
                    .append(column)
                    .append(" IN (?")
                    .append(", ?".repeat(wanted.size() - 1))
                    .append(')');
            values.addAll(wanted);
        }
        return this;
    }

    String sql() {
        return sql.toString();
    }

    List<Object> values() {
        return values;
    }

    /// With one more at the end.
    Object[] values(Object last) {
        List<Object> all = new ArrayList<>(values);
        all.add(last);
        return all.toArray();
    }
}
