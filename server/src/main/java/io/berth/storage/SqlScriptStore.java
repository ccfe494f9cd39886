package io.berth.storage;

import io.berth.core.product.Script;
import io.berth.core.product.ScriptStore;
import java.util.Optional;

/// Scripts of products.
final class SqlScriptStore implements ScriptStore {
    private final Database database;

    SqlScriptStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Script> find(String product) {
        return database.read(sql -> sql.one(
                "SELECT product, source, changed FROM product_script WHERE product = ?",
                row -> new Script(row.text(), row.text(), row.instant()),
                product));
    }

    @Override
    public void put(Script script) {
        database.write(
                script.product(),
                SqlProductStore.belonging(
                        script.product(), sql -> sql.update("""
                INSERT INTO product_script (product, source, changed) VALUES (?, ?, ?)
                ON CONFLICT (product) DO UPDATE SET source = excluded.source, changed = excluded.changed""", script.product(), script.source(), script.changed())));
    }

    @Override
    public void delete(String product) {
        database.change(product, sql -> sql.update("DELETE FROM product_script WHERE product = ?", product));
    }
}
