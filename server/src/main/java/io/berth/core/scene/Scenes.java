package io.berth.core.scene;

import io.berth.core.Value;
import java.util.List;

/// The scenes. Changes block and work at once; any thread.
public interface Scenes {
    /// A scene as somebody wants it.
    ///
    /// @param plan members `triggers`, `conditions`, `actions` and `coolDown`, as docs/scenes.md tells
    record Draft(String name, String description, boolean enabled, Value.Fields plan) {}

    /// SCENE_EXISTS, LIMIT_REACHED; INVALID_ARGUMENT names everything of the plan that cannot work.
    Scene create(Draft draft);

    /// Replaces all of the scene of that name; NOT_FOUND when there is none.
    Scene replace(Draft draft);

    /// NOT_FOUND when there is none.
    Scene enable(String name, boolean enabled);

    /// NOT_FOUND when there is none.
    void delete(String name);

    /// By name.
    List<Scene> list();

    /// NOT_FOUND when there is none.
    Scene get(String name);

    Progress progress(Scene scene);

    /// What the scene did since the start of the server.
    ///
    /// @param failed firings of which an action failed
    /// @param suppressed times it would have fired and did not, because of its cool-down or its bound
    /// @param newest the last firings, the newest first
    record Progress(long fired, long failed, long suppressed, List<Firing> newest) {
        public Progress {
            newest = List.copyOf(newest);
        }
    }

    /// What a plan would do if this happened now. Does nothing, and takes no notice of holds and cool-down.
    ///
    /// @param sample members `product`, `device` and one of `properties`, `event` with `output`, `status`
    Trial tryOut(Draft draft, Value.Fields sample);

    /// What became of a sample, part by part as sentences.
    ///
    /// @param fires whether a trigger and all conditions are met
    /// @param actions what would be done
    record Trial(boolean fires, List<Part> triggers, List<Part> conditions, List<String> actions) {
        public Trial {
            triggers = List.copyOf(triggers);
            conditions = List.copyOf(conditions);
            actions = List.copyOf(actions);
        }
    }

    /// @param what a trigger or a condition, in words
    record Part(String what, boolean met) {}
}
