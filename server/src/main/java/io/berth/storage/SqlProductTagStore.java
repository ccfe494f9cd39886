package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.ProductTagStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Tags of products, a row each.
final class SqlProductTagStore implements ProductTagStore {
    private final Database database;

    SqlProductTagStore(Database database) {
        this.database = database;
    }

    @Override
    public SequencedMap<String, String> find(String product) {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        database.read(sql -> sql.list(
                "SELECT key, value FROM product_tag WHERE product = ? ORDER BY key",
                row -> tags.put(row.text(), row.text()),
                product));
        return tags;
    }

    @Override
    public void put(String product, SequencedMap<String, String> tags, int max) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> rows.add(new Object[] {product, key, value}));
        database.write(product, SqlProductStore.belonging(product, sql -> {
            int[] changed = sql.updateAll("""
                    INSERT INTO product_tag (product, key, value) VALUES (?, ?, ?)
                    ON CONFLICT (product, key) DO UPDATE SET value = excluded.value""", rows);
            long count = sql.one("SELECT COUNT(*) FROM product_tag WHERE product = ?", Row::number, product)
                    .orElse(0L);
            if (count > max) {
                throw new ProblemException(Problem.LIMIT_REACHED, "a product has at most " + max + " tags");
            }
            return changed;
        }));
    }

    @Override
    public void remove(String product, Collection<String> keys) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        keys.forEach(key -> rows.add(new Object[] {product, key}));
        database.change(product, sql -> sql.updateAll("DELETE FROM product_tag WHERE product = ? AND key = ?", rows));
    }
}
