package io.berth.storage;

import io.berth.core.product.Product;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Products;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The topic classes of products, in order, each under a number of its own.
final class SqlProductTopics {
    private static final String SELECT = "SELECT id, product, path, access, description FROM product_topic";

    private SqlProductTopics() {}

    static List<ProductTopic> list(Sql sql, String product) throws SQLException {
        return sql.list(SELECT + " WHERE product = ? ORDER BY position", SqlProductTopics::topic, product);
    }

    static Optional<ProductTopic> find(Sql sql, long id) throws SQLException {
        return sql.one(SELECT + " WHERE id = ?", SqlProductTopics::topic, id);
    }

    static void update(Sql sql, ProductTopic topic) throws SQLException {
        int updated = sql.update(
                "UPDATE product_topic SET path = ?, access = ?, description = ? WHERE id = ?",
                topic.topic().path(),
                topic.topic().access(),
                topic.description(),
                topic.id());
        if (updated == 0) {
            throw Products.noTopic(topic.id());
        }
    }

    /// The products, each with its topic classes.
    static List<Product> complete(Sql sql, List<Product> products) throws SQLException {
        Map<String, List<TopicClass>> topics = new HashMap<>();
        products.forEach(product -> topics.put(product.key(), new ArrayList<>()));
        sql.list(
                "SELECT product, path, access FROM product_topic WHERE product IN " + Sql.values(products.size(), 1)
                        + " ORDER BY product, position",
                row -> topics.getOrDefault(row.text(), List.of())
                        .add(new TopicClass(row.text(), row.word(Access.class))),
                topics.keySet().toArray());
        return products.stream()
                .map(product -> product.withTopics(topics.getOrDefault(product.key(), List.of())))
                .toList();
    }

    /// A topic class that stays keeps its number and what is said of it.
    static void replace(Sql sql, Product product) throws SQLException {
        Map<String, Numbered> known = new HashMap<>();
        sql.list(
                "SELECT path, id, description FROM product_topic WHERE product = ?",
                row -> known.put(row.text(), new Numbered(row.number(), row.text())),
                product.key());
        sql.update("DELETE FROM product_topic WHERE product = ?", product.key());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TopicClass topic : product.topics()) {
            Numbered numbered = known.getOrDefault(topic.path(), Numbered.anew());
            rows.add(new Object[] {
                product.key(), rows.size(), topic.path(), topic.access(), numbered.id(), numbered.description()
            });
        }
        sql.updateAll(
                "INSERT INTO product_topic (product, position, path, access, id, description) VALUES (?, ?, ?, ?, ?, ?)",
                rows);
    }

    private static ProductTopic topic(Row row) throws SQLException {
        return new ProductTopic(
                row.number(), row.text(), new TopicClass(row.text(), row.word(Access.class)), row.text());
    }

    /// What a topic class has beside path and access.
    private record Numbered(long id, String description) {
        /// Every JSON reader keeps this many bits of a number.
        private static final int ID_BITS = 48;

        private static final SecureRandom RANDOM = new SecureRandom();

        static Numbered anew() {
            return new Numbered(RANDOM.nextLong(1, 1L << ID_BITS), "");
        }
    }
}
