package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.ModelStore;
import io.berth.core.thing.ThingModel;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Drafts and published versions of thing models, as encoded [io.berth.core.thing.ModelDocument]s.
final class SqlModelStore implements ModelStore {
    private static final String VERSIONS =
            "SELECT number, published, digest, model, label, description FROM thing_model WHERE product = ?";

    private final Database database;
    private final CompiledModels compiled;
    private final Consumer<String> published;

    /// @param published hears of each product that has a newer model, before anyone else does
    SqlModelStore(Database database, CompiledModels compiled, Consumer<String> published) {
        this.database = database;
        this.compiled = compiled;
        this.published = published;
    }

    @Override
    public Optional<ThingModel> draft(String product) {
        return database.read(
                        sql -> sql.one("SELECT model FROM thing_model_draft WHERE product = ?", Row::bytes, product))
                .map(CompiledModels::decode);
    }

    @Override
    public void saveDraft(String product, ThingModel model) {
        byte[] bytes = CompiledModels.encode(model);
        database.write(product, SqlProductStore.belonging(product, sql -> sql.update("""
                INSERT INTO thing_model_draft (product, model) VALUES (?, ?)
                ON CONFLICT (product) DO UPDATE SET model = excluded.model""", product, bytes)));
    }

    @Override
    public Version publish(String product, Label label, Instant now) {
        Version version = database.write(product, sql -> {
            // taking the draft first makes a second one who publishes it wait, and then find none
            byte[] bytes = sql.one(
                            "DELETE FROM thing_model_draft WHERE product = ? RETURNING model", Row::bytes, product)
                    .orElseThrow(() -> new ProblemException(
                            Problem.MODEL_NOT_FOUND,
                            "product " + product + " has no draft of a model that is not published yet"));
            int number = newest(sql, product) + 1;
            String digest = CompiledModels.digest(bytes);
            sql.update("""
                    INSERT INTO thing_model (product, number, published, digest, model, label, description)
                    VALUES (?, ?, ?, ?, ?, ?, ?)""", product, number, now, digest, bytes, label.name(), label.description());
            sql.update("DELETE FROM thing_model WHERE product = ? AND number <= ?", product, number - VERSIONS_KEPT);
            return new Version(number, compiled.get(digest, bytes), Instant.ofEpochMilli(now.toEpochMilli()), label);
        });
        published.accept(product);
        return version;
    }

    @Override
    public Optional<Version> version(String product, int number) {
        return database.read(sql -> sql.one(VERSIONS + " AND number = ?", this::version, product, number));
    }

    @Override
    public List<Version> versions(String product) {
        return database.read(sql -> sql.list(VERSIONS + " ORDER BY number DESC", this::version, product));
    }

    private static int newest(Sql sql, String product) throws SQLException {
        return sql.one("SELECT COALESCE(MAX(number), 0) FROM thing_model WHERE product = ?", Row::number, product)
                .map(Long::intValue)
                .orElse(0);
    }

    private Version version(Row row) throws SQLException {
        int number = (int) row.number();
        Instant published = row.instant();
        ThingModel model = compiled.get(row.text(), row.bytes());
        return new Version(number, model, published, new Label(row.text(), row.text()));
    }
}
