package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductStore;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Products;
import io.berth.core.product.Profile;
import io.berth.core.product.Spaces;
import io.berth.core.thing.ThingModel;
import io.berth.storage.Engine.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Products, each with its topic classes in order and its published thing model.
final class SqlProductStore implements ProductStore {
    private static final String COLUMNS =
            "key, alias, name, secret, auth, node_type, format, dynamic_registration, created, space,"
                    + " description, kind, protocol, network, manufacturer, industry, category, modelled, released,"
                    + " without_preregistration";

    private static final List<String> CHANGEABLE = List.of(
            "name",
            "secret",
            "auth",
            "node_type",
            "format",
            "dynamic_registration",
            "space",
            "released",
            "description",
            "kind",
            "protocol",
            "network",
            "manufacturer",
            "industry",
            "category",
            "modelled",
            "without_preregistration");

    private final Database database;
    private final SecretCipher cipher;
    private final CompiledModels models;
    private final Serials serials;

    SqlProductStore(Database database, SecretCipher cipher, CompiledModels models, Serials serials) {
        this.database = database;
        this.cipher = cipher;
        this.models = models;
        this.serials = serials;
    }

    @Override
    public void insert(Product product) {
        database.write(lane(product), inSpace(product, sql -> {
            demandName(sql, product);
            List<@Nullable Object> values = new ArrayList<>();
            values.add(product.key());
            values.add(product.alias());
            values.add(product.created());
            values.add(serials.next());
            values.addAll(changeable(product));
            int inserted = sql.update(
                    "INSERT INTO product (key, alias, created, serial, " + String.join(", ", CHANGEABLE) + ") VALUES "
                            + Sql.values(values.size(), 1) + " ON CONFLICT DO NOTHING",
                    values.toArray());
            if (inserted == 0) {
                throw new ProblemException(
                        Problem.PRODUCT_EXISTS,
                        "product key \"" + product.key() + "\" or alias \"" + product.alias() + "\" is taken");
            }
            SqlProductTopics.replace(sql, product);
            return inserted;
        }));
    }

    @Override
    public void update(Product product) {
        database.write(lane(product), inSpace(product, sql -> {
            demandName(sql, product);
            List<@Nullable Object> values = new ArrayList<>(changeable(product));
            values.add(product.key());
            int updated = sql.update(
                    "UPDATE product SET " + String.join(" = ?, ", CHANGEABLE) + " = ? WHERE key = ?", values.toArray());
            if (updated == 0) {
                throw Products.notFound(product.key());
            }
            SqlProductTopics.replace(sql, product);
            return updated;
        }));
    }

    /// Whether a name is free is decided by one after the other.
    private static String lane(Product product) {
        return "products of " + product.space();
    }

    /// A product that has its name stays as it is: earlier releases let two have the same. The row of the space
    /// is held against other nodes that decide about a name in it.
    private static void demandName(Sql sql, Product product) throws SQLException {
        sql.update("UPDATE space SET created = created WHERE id = ?", product.space());
        String others = "SELECT 1 FROM product WHERE space = ? AND name = ? AND key ";
        if (sql.exists(others + "<> ?", product.space(), product.name(), product.key())
                && !sql.exists(others + "= ?", product.space(), product.name(), product.key())) {
            throw ProductStore.nameTaken(product);
        }
    }

    @Override
    public void delete(String key) {
        database.change(key, sql -> {
            try {
                if (sql.update("DELETE FROM product WHERE key = ?", key) == 0) {
                    throw Products.notFound(key);
                }
            } catch (SQLException e) {
                if (Database.isBrokenReference(e)) {
                    throw new ProblemException(Problem.PRODUCT_NOT_EMPTY, "product \"" + key + "\" has devices", e);
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<Product> find(String key) {
        return database.read(sql -> findAll(sql, List.of(key))).stream().findFirst();
    }

    @Override
    public Optional<Product> findByAlias(String alias) {
        return database
                .read(sql -> {
                    List<String> keys = sql.list("SELECT key FROM product WHERE alias = ?", Row::text, alias);
                    return keys.isEmpty() ? List.<Product>of() : findAll(sql, keys);
                })
                .stream()
                .findFirst();
    }

    @Override
    public Slice.Found<Product> find(ProductFilter where, Slice slice) {
        ProductCondition condition = ProductCondition.of(where);
        SliceSql part = SliceSql.of(slice, "p.serial", List.of("p.key"));
        List<Object> values = new ArrayList<>(condition.values());
        values.addAll(part.values());
        return database.read(sql -> {
            Slice.Found<Product> found = SliceSql.found(sql.list(
                    "SELECT " + part.place() + ", " + COLUMNS + " FROM product p WHERE " + condition.sql() + part.end(),
                    row -> new SliceSql.Placed<>(row.text(), product(row)),
                    values.toArray()));
            return new Slice.Found<>(complete(sql, found.items()), found.places());
        });
    }

    @Override
    public long count(ProductFilter where) {
        ProductCondition condition = ProductCondition.of(where);
        return database.read(sql -> sql.one(
                        "SELECT COUNT(*) FROM product p WHERE " + condition.sql(),
                        Row::number,
                        condition.values().toArray()))
                .orElse(0L);
    }

    @Override
    public List<ProductTopic> topics(String product) {
        return database.read(sql -> SqlProductTopics.list(sql, product));
    }

    @Override
    public Optional<ProductTopic> topic(long id) {
        return database.read(sql -> SqlProductTopics.find(sql, id));
    }

    @Override
    public void update(ProductTopic topic) {
        database.change(topic.product(), sql -> SqlProductTopics.update(sql, topic));
    }

    /// The products among these keys, in any order.
    List<Product> findAll(Sql sql, Collection<String> keys) throws SQLException {
        return complete(
                sql,
                sql.list(
                        "SELECT " + COLUMNS + " FROM product WHERE key IN " + Sql.values(keys.size(), 1),
                        this::product,
                        keys.toArray()));
    }

    /// Work on rows that belong to a product; PRODUCT_NOT_FOUND when there is none.
    static <T> Work<T> belonging(String key, Work<T> work) {
        return Database.referring(() -> Products.notFound(key), work);
    }

    private Product product(Row row) throws SQLException {
        String key = row.text();
        return new Product(
                key,
                row.text(),
                row.text(),
                cipher.open(row.bytes(), SecretCipher.rowOfProduct(key)),
                row.word(AuthKind.class),
                row.word(NodeType.class),
                row.word(DataFormat.class),
                row.flag(),
                List.of(),
                row.instant(),
                ThingModel.EMPTY,
                row.text(),
                profile(row),
                row.flag(),
                row.flag());
    }

    private static Profile profile(Row row) throws SQLException {
        return new Profile(
                row.text(), row.text(), row.text(), row.text(), row.text(), row.text(), row.text(), row.flag());
    }

    /// The values of [#CHANGEABLE].
    private List<Object> changeable(Product product) {
        Profile profile = product.profile();
        return List.of(
                product.name(),
                cipher.seal(product.secret(), SecretCipher.rowOfProduct(product.key())),
                product.auth(),
                product.nodeType(),
                product.format(),
                product.dynamicRegistration(),
                product.space(),
                product.released(),
                profile.description(),
                profile.kind(),
                profile.protocol(),
                profile.network(),
                profile.manufacturer(),
                profile.industry(),
                profile.category(),
                profile.modelled(),
                product.withoutPreregistration());
    }

    private static <T> Work<T> inSpace(Product product, Work<T> work) {
        return Database.referring(() -> Spaces.notFound(product.space()), work);
    }

    private List<Product> complete(Sql sql, List<Product> products) throws SQLException {
        if (products.isEmpty()) {
            return products;
        }
        Map<String, ThingModel> published =
                models.newest(sql, products.stream().map(Product::key).toList());
        return SqlProductTopics.complete(sql, products).stream()
                .map(product -> product.withModel(published.getOrDefault(product.key(), ThingModel.EMPTY)))
                .toList();
    }
}
