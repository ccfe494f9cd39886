package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.scene.Scene;
import io.berth.core.scene.SceneStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Scenes in memory.
public final class MemoryScenes implements SceneStore {
    private final NavigableMap<String, Scene> scenes = new TreeMap<>();
    private final Map<Place, Standing> standings = new HashMap<>();
    private boolean refuses;

    private record Place(String scene, int trigger, DeviceId device) {
        static Place of(Standing standing) {
            return new Place(standing.scene(), standing.trigger(), standing.device());
        }
    }

    /// Takes no standings any more: as if the server had crashed before it told.
    public synchronized void refuse(boolean wanted) {
        refuses = wanted;
    }

    @Override
    public synchronized void insert(Scene scene) {
        if (scenes.putIfAbsent(scene.name(), scene) != null) {
            throw new ProblemException(Problem.SCENE_EXISTS, "a scene is called \"" + scene.name() + "\" already");
        }
    }

    @Override
    public synchronized void update(Scene scene) {
        delete(scene.name());
        scenes.put(scene.name(), scene);
    }

    @Override
    public synchronized void delete(String name) {
        if (scenes.remove(name) == null) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no scene \"" + name + "\"");
        }
        standings.keySet().removeIf(place -> place.scene().equals(name));
    }

    @Override
    public synchronized List<Scene> list() {
        return List.copyOf(scenes.values());
    }

    @Override
    public synchronized List<Standing> standings() {
        return List.copyOf(standings.values());
    }

    @Override
    public synchronized void put(Standing standing) {
        if (refuses) {
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store is away");
        }
        standings.put(Place.of(standing), standing);
    }

    @Override
    public synchronized void remove(Standing standing) {
        standings.remove(Place.of(standing));
    }
}
