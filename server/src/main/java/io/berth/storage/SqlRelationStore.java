package io.berth.storage;

import io.berth.core.message.Theme;
import io.berth.core.subscription.Relation;
import io.berth.core.subscription.RelationStore;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What products tell consumer groups.
final class SqlRelationStore implements RelationStore {
    private static final String ALL = "SELECT product, choices, kinds, consumer_groups FROM product_relation";

    private final Database database;

    SqlRelationStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(Relation relation) {
        String product = relation.product();
        database.write(
                product,
                SqlProductStore.belonging(
                        product,
                        sql -> sql.update(
                                """
                INSERT INTO product_relation (product, choices, kinds, consumer_groups) VALUES (?, ?, ?, ?)
                ON CONFLICT (product) DO UPDATE SET choices = excluded.choices, kinds = excluded.kinds,
                    consumer_groups = excluded.consumer_groups""",
                                product,
                                joined(relation.choices()),
                                joined(relation.themes()),
                                joined(relation.groups()))));
    }

    @Override
    public Optional<Relation> find(String product) {
        return database.read(sql -> sql.one(ALL + " WHERE product = ?", SqlRelationStore::relation, product));
    }

    @Override
    public List<Relation> list() {
        return database.read(sql -> sql.list(ALL + " ORDER BY product", SqlRelationStore::relation));
    }

    @Override
    public void delete(String product) {
        database.write(product, sql -> sql.update("DELETE FROM product_relation WHERE product = ?", product));
    }

    private static Relation relation(Row row) throws SQLException {
        return new Relation(
                row.text(),
                split(row.text()).collect(Collectors.toSet()),
                split(row.text()).map(Theme::valueOf).collect(Collectors.toSet()),
                split(row.text()).collect(Collectors.toSet()));
    }

    private static String joined(Collection<?> words) {
        return words.stream().map(Object::toString).sorted().collect(Collectors.joining(","));
    }

    private static Stream<String> split(String words) {
        return words.isEmpty() ? Stream.empty() : Stream.of(words.split(","));
    }
}
