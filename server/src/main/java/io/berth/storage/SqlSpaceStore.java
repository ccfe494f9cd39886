package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.Space;
import io.berth.core.product.SpaceStore;
import io.berth.core.product.Spaces;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Resource spaces.
final class SqlSpaceStore implements SpaceStore {
    /// The bound is counted over all rows: one writer.
    private static final Object LANE = SqlSpaceStore.class.getName();

    private static final String SELECT = "SELECT id, name, created, is_default FROM space";

    private final Database database;

    SqlSpaceStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Space space, int max) {
        database.change(LANE, sql -> {
            int inserted = sql.update(
                    "INSERT INTO space (id, name, created, is_default) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    space.id(),
                    space.name(),
                    space.created(),
                    space.isDefault());
            if (inserted == 0) {
                throw nameTaken(space);
            }
            if (sql.one("SELECT COUNT(*) FROM space", Row::number).orElse(0L) > max) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are at most " + max + " resource spaces");
            }
        });
    }

    @Override
    public void update(Space space) {
        database.change(LANE, sql -> {
            if (sql.exists("SELECT 1 FROM space WHERE name = ? AND id <> ?", space.name(), space.id())) {
                throw nameTaken(space);
            }
            if (sql.update("UPDATE space SET name = ? WHERE id = ?", space.name(), space.id()) == 0) {
                throw Spaces.notFound(space.id());
            }
        });
    }

    @Override
    public void delete(String id) {
        ProblemException notEmpty =
                new ProblemException(Problem.SPACE_NOT_EMPTY, "resource space " + id + " has products");
        int deleted = database.write(
                LANE, Database.referring(() -> notEmpty, sql -> sql.update("DELETE FROM space WHERE id = ?", id)));
        if (deleted == 0) {
            throw Spaces.notFound(id);
        }
    }

    @Override
    public Optional<Space> find(String id) {
        return database.read(sql -> sql.one(SELECT + " WHERE id = ?", SqlSpaceStore::space, id));
    }

    @Override
    public List<Space> all() {
        return database.read(sql -> sql.list(SELECT + " ORDER BY name", SqlSpaceStore::space));
    }

    private static Space space(Row row) throws SQLException {
        return new Space(row.text(), row.text(), row.instant(), row.flag());
    }

    private static ProblemException nameTaken(Space space) {
        return new ProblemException(
                Problem.SPACE_EXISTS, "a resource space is called \"" + space.name() + "\" already");
    }
}
