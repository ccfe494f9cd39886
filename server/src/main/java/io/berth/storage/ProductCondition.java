package io.berth.storage;

import io.berth.core.product.ProductFilter;
import java.util.ArrayList;
import java.util.List;

/// A filter of products as SQL on `p`, with the values to bind in their order.
record ProductCondition(String sql, List<Object> values) {
    static ProductCondition of(ProductFilter filter) {
        List<String> parts = new ArrayList<>(List.of("1 = 1"));
        List<Object> values = new ArrayList<>();
        if (!filter.spaces().isEmpty()) {
            parts.add("p.space IN " + Sql.values(filter.spaces().size(), 1));
            values.addAll(filter.spaces());
        }
        if (filter.name() != null) {
            parts.add("p.name = ?");
            values.add(filter.name());
        }
        if (filter.modelled() != null) {
            parts.add("p.modelled = ?");
            values.add(filter.modelled());
        }
        filter.tags().forEach((key, value) -> {
            parts.add("p.key IN (SELECT t.product FROM product_tag t WHERE t.key = ? AND t.value = ?)");
            values.add(key);
            values.add(value);
        });
        return new ProductCondition(String.join(" AND ", parts), values);
    }
}
