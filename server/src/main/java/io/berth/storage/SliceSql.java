package io.berth.storage;

import static io.berth.core.ProblemException.require;

import io.berth.core.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A slice as the end of a SELECT that has a WHERE already, with the values to bind in their order.
///
/// @param place the expression that tells where a record stands in the order
record SliceSql(String place, String end, List<Object> values) {
    /// What divides the columns of a name: none of them holds it when there are several.
    private static final String DIVIDER = "/";

    /// @param serial the column records are listed by age by
    /// @param name the columns records are listed by name by
    static SliceSql of(Slice slice, String serial, List<String> name) {
        return switch (slice.order()) {
            case NAME -> byName(slice, name);
            case NEWEST_FIRST -> byAge(slice, serial, " < ?", " DESC");
            case OLDEST_FIRST -> byAge(slice, serial, " > ?", "");
        };
    }

    /// A record and where it stands.
    record Placed<T>(String place, T item) {}

    static <T> Slice.Found<T> found(List<Placed<T>> rows) {
        return new Slice.Found<>(
                rows.stream().map(Placed::item).toList(),
                rows.stream().map(Placed::place).toList());
    }

    private static SliceSql byName(Slice slice, List<String> name) {
        List<Object> values = new ArrayList<>();
        String columns = String.join(", ", name);
        String beyond = "";
        if (slice.after() != null) {
            String[] parts = name.size() == 1
                    ? new String[] {slice.after()}
                    : slice.after().split(DIVIDER, -1);
            require(parts.length == name.size(), "\"" + slice.after() + "\" is no cursor of this list");
            values.addAll(Arrays.asList(parts));
            beyond = " AND (" + columns + ") > " + Sql.values(parts.length, 1);
        }
        String place = String.join(" || '" + DIVIDER + "' || ", name);
        return new SliceSql(place, beyond + " ORDER BY " + columns + cut(slice, values), values);
    }

    private static SliceSql byAge(Slice slice, String serial, String beyond, String direction) {
        List<Object> values = new ArrayList<>();
        if (slice.after() != null) {
            values.add(slice.after());
        }
        String condition = slice.after() == null ? "" : " AND " + serial + beyond;
        return new SliceSql(serial, condition + " ORDER BY " + serial + direction + cut(slice, values), values);
    }

    private static String cut(Slice slice, List<Object> values) {
        values.add(slice.limit());
        values.add(slice.offset());
        return " LIMIT ? OFFSET ?";
    }
}
