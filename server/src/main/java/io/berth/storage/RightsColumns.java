package io.berth.storage;

import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Rights in three columns: the role's word, and spaces and areas a line each, in order.
final class RightsColumns {
    static final String NAMES = "role, spaces, areas";

    private RightsColumns() {}

    static String spaces(Rights rights) {
        return String.join("\n", new TreeSet<>(rights.spaces()));
    }

    static String areas(Rights rights) {
        return rights.areas().stream().sorted().map(Area::name).collect(Collectors.joining("\n"));
    }

    static Rights read(Row row) throws SQLException {
        return read(row.word(Role.class), row);
    }

    static Rights read(Role role, Row row) throws SQLException {
        Set<String> spaces = row.text().lines().collect(Collectors.toSet());
        Set<Area> areas = row.text().lines().map(Area::valueOf).collect(Collectors.toSet());
        return new Rights(role, spaces, areas);
    }
}
