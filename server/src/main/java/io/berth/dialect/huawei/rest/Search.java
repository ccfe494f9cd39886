package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Slice;
import io.berth.core.device.DeviceCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A search for devices in the vendor's language (spec huawei-iotda 7.3):
///
/// ```
/// select {fields|*|count(*)|count(1)} from device [where c1 and c2 or c3]
///     [order by marker asc|desc] [limit [offset,] rows]
/// ```
///
/// @param fields what is shown of each device, empty for everything
/// @param counts whether only the number is wanted
/// @param where null for all devices
record Search(List<String> fields, boolean counts, @Nullable DeviceCondition where, Slice slice) {
    private static final int MAX_LENGTH = 400;
    private static final int MAX_CONDITIONS = 5;
    private static final int MAX_OFFSET = 500;
    private static final int MAX_ROWS = 50;
    private static final int DEFAULT_ROWS = 10;

    /// INVALID_ARGUMENT says what was expected, and where.
    static Search parse(String sql, SearchFields known) {
        require(sql.length() <= MAX_LENGTH, "a search has at most " + MAX_LENGTH + " characters");
        SearchTokens tokens = new SearchTokens(sql);
        tokens.demand("select");
        boolean counts = tokens.takes("count");
        List<String> fields = counts ? counted(tokens) : fields(tokens, known);
        tokens.demand("from");
        tokens.demand("device");
        DeviceCondition where = tokens.takes("where") ? alternatives(tokens, known) : null;
        Slice.Order order = order(tokens);
        Slice slice = slice(tokens, order);
        require(tokens.atEnd(), "the search goes on behind its end");
        return new Search(fields, counts, where, slice);
    }

    private static List<String> counted(SearchTokens tokens) {
        tokens.demand("(");
        require(tokens.takes("*") || tokens.takes("1"), "the search can count(*) or count(1)");
        tokens.demand(")");
        return List.of();
    }

    private static List<String> fields(SearchTokens tokens, SearchFields known) {
        List<String> fields = new ArrayList<>();
        if (!tokens.takes("*")) {
            do {
                fields.add(known.shown(tokens.word()));
            } while (tokens.takes(","));
        }
        return fields;
    }

    /// Conditions are joined by `and` before `or`.
    private static DeviceCondition alternatives(SearchTokens tokens, SearchFields known) {
        List<DeviceCondition> any = new ArrayList<>();
        int conditions = 0;
        do {
            List<DeviceCondition> all = new ArrayList<>();
            do {
                all.add(known.condition(tokens));
                require(++conditions <= MAX_CONDITIONS, "a search has at most " + MAX_CONDITIONS + " conditions");
            } while (tokens.takes("and"));
            any.add(new DeviceCondition.All(all));
        } while (tokens.takes("or"));
        return new DeviceCondition.Any(any);
    }

    private static Slice.Order order(SearchTokens tokens) {
        if (!tokens.takes("order")) {
            return Slice.Order.NEWEST_FIRST;
        }
        tokens.demand("by");
        tokens.demand("marker");
        if (tokens.takes("asc")) {
            return Slice.Order.OLDEST_FIRST;
        }
        tokens.takes("desc");
        return Slice.Order.NEWEST_FIRST;
    }

    private static Slice slice(SearchTokens tokens, Slice.Order order) {
        int offset = 0;
        int rows = DEFAULT_ROWS;
        if (tokens.takes("limit")) {
            rows = tokens.number();
            if (tokens.takes(",")) {
                offset = rows;
                rows = tokens.number();
            }
        }
        require(offset <= MAX_OFFSET, "a search leaves out at most " + MAX_OFFSET + " devices");
        require(rows >= 1 && rows <= MAX_ROWS, "a search finds 1 to " + MAX_ROWS + " devices");
        return new Slice(order, null, offset, rows);
    }
}
