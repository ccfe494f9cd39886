package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.scene.Scene;
import io.berth.core.scene.SceneStore;
import java.sql.SQLException;
import java.util.List;

/// Scenes, each plan one encoded value, and what they remember.
final class SqlSceneStore implements SceneStore {
    private static final String LANE = "scenes";

    private final Database database;

    SqlSceneStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Scene scene) {
        int inserted = database.write(
                LANE,
                sql -> sql.update(
                        """
                INSERT INTO scene (name, description, enabled, plan, changed) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""",
                        scene.name(),
                        scene.description(),
                        scene.enabled(),
                        ValueCodec.encode(scene.plan()),
                        scene.changed()));
        if (inserted == 0) {
            throw new ProblemException(Problem.SCENE_EXISTS, "a scene is called \"" + scene.name() + "\" already");
        }
    }

    @Override
    public void update(Scene scene) {
        database.change(LANE, sql -> {
            int updated = sql.update(
                    "UPDATE scene SET description = ?, enabled = ?, plan = ?, changed = ? WHERE name = ?",
                    scene.description(),
                    scene.enabled(),
                    ValueCodec.encode(scene.plan()),
                    scene.changed(),
                    scene.name());
            requireOne(updated, scene.name());
            sql.update("DELETE FROM scene_standing WHERE scene = ?", scene.name());
        });
    }

    @Override
    public void delete(String name) {
        database.change(LANE, sql -> requireOne(sql.update("DELETE FROM scene WHERE name = ?", name), name));
    }

    @Override
    public List<Scene> list() {
        return database.read(sql -> sql.list(
                "SELECT name, description, enabled, plan, changed FROM scene ORDER BY name", SqlSceneStore::scene));
    }

    @Override
    public List<Standing> standings() {
        return database.read(sql -> sql.list(
                "SELECT scene, place, product, device, since, fired FROM scene_standing", SqlSceneStore::standing));
    }

    @Override
    public void put(Standing standing) {
        database.change(
                LANE,
                sql -> sql.update(
                        """
                INSERT INTO scene_standing (scene, place, product, device, since, fired)
                SELECT name, ?, ?, ?, ?, ? FROM scene WHERE name = ?
                ON CONFLICT (scene, place, product, device)
                DO UPDATE SET since = excluded.since, fired = excluded.fired""",
                        standing.trigger(),
                        standing.device().product(),
                        standing.device().name(),
                        standing.since(),
                        standing.fired(),
                        standing.scene()));
    }

    @Override
    public void remove(Standing standing) {
        database.change(
                LANE,
                sql -> sql.update(
                        "DELETE FROM scene_standing WHERE scene = ? AND place = ? AND product = ? AND device = ?",
                        standing.scene(),
                        standing.trigger(),
                        standing.device().product(),
                        standing.device().name()));
    }

    private static void requireOne(int changed, String name) {
        if (changed == 0) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no scene \"" + name + "\"");
        }
    }

    private static Scene scene(Row row) throws SQLException {
        return new Scene(row.text(), row.text(), row.flag(), ValueCodec.decodeFields(row.bytes()), row.instant());
    }

    private static Standing standing(Row row) throws SQLException {
        return new Standing(
                row.text(), (int) row.number(), new DeviceId(row.text(), row.text()), row.instant(), row.flag());
    }
}
