package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.scene.Scene;
import io.berth.core.scene.SceneStore;
import io.berth.core.scene.SceneStore.Standing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class SceneStoreTest {
    private static final DeviceId PUMP = new DeviceId("a1", "pump");

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private SceneStore scenes;

    SceneStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        scenes = storage.scenes();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void scenes_are_kept_by_name() {
        Scene hot = scene("hot", "太热");
        scenes.insert(hot);
        scenes.insert(scene("cold", ""));
        assertThat(scenes.list()).extracting(Scene::name).containsExactly("cold", "hot");
        assertThat(scenes.list().getLast()).isEqualTo(hot);
        assertRefused(Problem.SCENE_EXISTS, () -> scenes.insert(hot));

        Scene resting = hot.enabled(false, NOW.plusSeconds(1));
        scenes.update(resting);
        assertThat(scenes.list().getLast()).isEqualTo(resting);
        scenes.delete("hot");
        assertThat(scenes.list()).hasSize(1);
        assertRefused(Problem.NOT_FOUND, () -> scenes.delete("hot"));
        assertRefused(Problem.NOT_FOUND, () -> scenes.update(resting));
    }

    @Test
    void what_holds_is_remembered_until_the_scene_changes() {
        scenes.insert(scene("hot", ""));
        Standing standing = new Standing("hot", 0, PUMP, NOW, false);
        Standing other = new Standing("hot", 1, PUMP, NOW, true);
        scenes.put(standing);
        scenes.put(other);
        scenes.put(standing.withFired());
        scenes.put(new Standing("gone", 0, PUMP, NOW, false));
        assertThat(scenes.standings()).containsExactlyInAnyOrder(standing.withFired(), other);

        scenes.remove(other);
        assertThat(scenes.standings()).containsExactly(standing.withFired());
        scenes.update(scene("hot", "changed"));
        assertThat(scenes.standings()).isEmpty();

        scenes.put(standing);
        scenes.delete("hot");
        assertThat(scenes.standings()).isEmpty();
    }

    private static Scene scene(String name, String description) {
        return new Scene(name, description, true, Value.Fields.of("coolDown", new Value.Text("5m")), NOW);
    }
}
