package io.berth.core.scene;

import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.List;

/// Where scenes are kept, and what they remember over a restart. Blocking; a returned change is durable.
public interface SceneStore {
    /// SCENE_EXISTS when the name is taken.
    void insert(Scene scene);

    /// Replaces the scene of this name and forgets what it remembered; NOT_FOUND when there is none.
    void update(Scene scene);

    /// NOT_FOUND when there is none.
    void delete(String name);

    /// By name.
    List<Scene> list();

    /// A trigger that holds at a device.
    ///
    /// @param trigger its place among the triggers of the scene, from 0
    /// @param since when it began to hold
    /// @param fired whether the scene did what it is for since then
    record Standing(String scene, int trigger, DeviceId device, Instant since, boolean fired) {
        public Standing withFired() {
            return new Standing(scene, trigger, device, since, true);
        }
    }

    List<Standing> standings();

    /// Adds it or replaces the one of the same scene, trigger and device; nothing when the scene is gone.
    void put(Standing standing);

    void remove(Standing standing);
}
