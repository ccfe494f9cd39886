package io.berth.dialect.search;

import static io.berth.core.ProblemException.require;

import io.berth.core.Slice;
import io.berth.core.device.DeviceCondition;
import io.berth.dialect.search.SearchWords.Bounds;
import java.util.ArrayList;
import java.util.List;

/// A search for devices (spec huawei-iotda 7.3, aliyun-openapi 3.2):
///
/// ```
/// select {fields|*|count(*)|count(1)} from device [where c1 and c2 or c3]
///     [order by field [asc|desc]] [limit [offset,] rows]
/// ```
///
/// @param fields what is shown of each device, empty for everything
/// @param counts whether only the number is wanted
/// @param where what all devices meet when nothing is said
public record DeviceSearch(
        List<String> fields, boolean counts, DeviceCondition where, SearchWords.Order order, Slice slice) {
    public DeviceSearch {
        fields = List.copyOf(fields);
    }

    public boolean shows(String field) {
        return fields.isEmpty() || fields.contains(field);
    }

    /// INVALID_ARGUMENT says what was expected, and where.
    public static DeviceSearch parse(String sql, SearchWords words) {
        SearchTokens tokens = tokens(sql, words);
        tokens.demand("select");
        boolean counts = tokens.takes("count");
        List<String> fields = counts ? counted(tokens) : fields(tokens, words);
        tokens.demand("from");
        tokens.demand("device");
        DeviceCondition where =
                tokens.takes("where") ? alternatives(tokens, words) : new DeviceCondition.All(List.of());
        Sort sort = sort(tokens, words);
        Slice slice = slice(tokens, sort.direction(), words.bounds());
        demandEnd(tokens);
        return new DeviceSearch(fields, counts, where, sort.order(), slice);
    }

    /// Reads conditions that stand alone, as behind `where`.
    public static DeviceCondition conditions(String text, SearchWords words) {
        SearchTokens tokens = tokens(text, words);
        DeviceCondition where = alternatives(tokens, words);
        demandEnd(tokens);
        return where;
    }

    private static SearchTokens tokens(String text, SearchWords words) {
        int length = words.bounds().length();
        require(text.length() <= length, "a search has at most " + length + " characters");
        return new SearchTokens(text);
    }

    private static void demandEnd(SearchTokens tokens) {
        require(tokens.atEnd(), "the search goes on behind its end");
    }

    private static List<String> counted(SearchTokens tokens) {
        tokens.demand("(");
        require(tokens.takes("*") || tokens.takes("1"), "the search can count(*) or count(1)");
        tokens.demand(")");
        return List.of();
    }

    private static List<String> fields(SearchTokens tokens, SearchWords words) {
        List<String> fields = new ArrayList<>();
        if (!tokens.takes("*")) {
            do {
                fields.add(words.shown(tokens.word()));
            } while (tokens.takes(","));
        }
        return fields;
    }

    /// Conditions are joined by `and` before `or`.
    private static DeviceCondition alternatives(SearchTokens tokens, SearchWords words) {
        int most = words.bounds().conditions();
        List<DeviceCondition> any = new ArrayList<>();
        int conditions = 0;
        do {
            List<DeviceCondition> all = new ArrayList<>();
            do {
                all.add(words.condition(tokens));
                require(++conditions <= most, "a search has at most " + most + " conditions");
            } while (tokens.takes("and"));
            any.add(new DeviceCondition.All(all));
        } while (tokens.takes("or"));
        return new DeviceCondition.Any(any);
    }

    private record Sort(SearchWords.Order order, Slice.Order direction) {}

    private static Sort sort(SearchTokens tokens, SearchWords words) {
        if (!tokens.takes("order")) {
            return new Sort(SearchWords.Order.AGE, Slice.Order.NEWEST_FIRST);
        }
        tokens.demand("by");
        SearchWords.Order order = words.order(tokens.word());
        if (tokens.takes("asc")) {
            return new Sort(order, Slice.Order.OLDEST_FIRST);
        }
        return new Sort(order, tokens.takes("desc") ? Slice.Order.NEWEST_FIRST : words.direction());
    }

    private static Slice slice(SearchTokens tokens, Slice.Order order, Bounds bounds) {
        int offset = 0;
        int rows = bounds.usualRows();
        if (tokens.takes("limit")) {
            rows = tokens.number();
            if (tokens.takes(",")) {
                offset = rows;
                rows = tokens.number();
            }
        }
        require(offset <= bounds.offset(), "a search leaves out at most " + bounds.offset() + " devices");
        require(rows >= 1 && rows <= bounds.rows(), "a search finds 1 to " + bounds.rows() + " devices");
        return new Slice(order, null, offset, rows);
    }
}
