package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.scene.Firing;
import io.berth.core.scene.Scene;
import io.berth.core.scene.Scenes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Scenes that never work: each fired once, and any sample sets it off.
final class FakeScenes implements Scenes {
    private final TreeMap<String, Scene> scenes = new TreeMap<>();
    private final InstantSource clock;

    FakeScenes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Scene create(Draft draft) {
        Scene scene = new Scene(draft.name(), draft.description(), draft.enabled(), draft.plan(), clock.instant());
        if (scenes.putIfAbsent(scene.name(), scene) != null) {
            throw new ProblemException(Problem.SCENE_EXISTS, "a scene is called \"" + scene.name() + "\" already");
        }
        return scene;
    }

    @Override
    public synchronized Scene replace(Draft draft) {
        delete(draft.name());
        return create(draft);
    }

    @Override
    public synchronized Scene enable(String name, boolean enabled) {
        Scene changed = get(name).enabled(enabled, clock.instant());
        scenes.put(name, changed);
        return changed;
    }

    @Override
    public synchronized void delete(String name) {
        scenes.remove(get(name).name());
    }

    @Override
    public synchronized List<Scene> list() {
        return List.copyOf(scenes.values());
    }

    @Override
    public synchronized Scene get(String name) {
        return Optional.ofNullable(scenes.get(name))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no scene \"" + name + "\""));
    }

    @Override
    public Progress progress(Scene scene) {
        Firing.Outcome outcome = new Firing.Outcome("clear the alarm x", false, "why not");
        DeviceId device = new DeviceId("a1", "pump");
        return new Progress(1, 1, 2, List.of(new Firing(clock.instant(), device, "it was so", List.of(outcome))));
    }

    @Override
    public Trial tryOut(Draft draft, Value.Fields sample) {
        return new Trial(
                true,
                List.of(new Part(draft.name(), true)),
                List.of(),
                List.of(sample.fields().toString()));
    }
}
