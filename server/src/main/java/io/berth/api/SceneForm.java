package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.scene.Scene;
import io.berth.core.scene.Scenes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A scene as somebody writes it; docs/scenes.md tells what triggers, conditions and actions say.
///
/// @param enabled yes when absent
/// @param coolDown how long it rests once it fired, for each device by itself: `10m`
public record SceneForm(
        String name,
        @Nullable String description,
        @Nullable Boolean enabled,
        List<ObjectNode> triggers,
        @Nullable List<ObjectNode> conditions,
        List<ObjectNode> actions,
        @Nullable String coolDown) {
    private static final String TRIGGERS = "triggers";
    private static final String CONDITIONS = "conditions";
    private static final String ACTIONS = "actions";
    private static final String COOL_DOWN = "coolDown";

    Scenes.Draft draft() {
        require(
                name != null && triggers != null && actions != null,
                "a scene has a \"name\", \"triggers\" and \"actions\"");
        SequencedMap<String, Value> plan = new LinkedHashMap<>();
        plan.put(TRIGGERS, items(triggers));
        plan.put(CONDITIONS, items(given(conditions)));
        plan.put(ACTIONS, items(actions));
        if (coolDown != null) {
            plan.put(COOL_DOWN, new Value.Text(coolDown));
        }
        return new Scenes.Draft(
                name,
                Objects.requireNonNullElse(description, ""),
                Objects.requireNonNullElse(enabled, true),
                new Value.Fields(plan));
    }

    static Scenes.Draft draft(Scene scene) {
        return new Scenes.Draft(scene.name(), scene.description(), scene.enabled(), scene.plan());
    }

    static SceneForm of(Scene scene) {
        Value.Fields plan = scene.plan();
        return new SceneForm(
                scene.name(),
                scene.description(),
                scene.enabled(),
                objects(plan.get(TRIGGERS)),
                objects(plan.get(CONDITIONS)),
                objects(plan.get(ACTIONS)),
                plan.get(COOL_DOWN) instanceof Value.Text(String text) ? text : null);
    }

    static List<ObjectNode> given(@Nullable List<ObjectNode> list) {
        return list == null ? List.of() : list;
    }

    private static Value items(List<ObjectNode> objects) {
        require(objects.stream().allMatch(Objects::nonNull), "triggers, conditions and actions are objects");
        return new Value.Items(objects.stream().<Value>map(FreeJson::fields).toList());
    }

    private static List<ObjectNode> objects(Value items) {
        return items instanceof Value.Items(List<Value> values)
                ? values.stream()
                        .map(Value.Fields.class::cast)
                        .map(FreeJson::object)
                        .toList()
                : List.of();
    }
}
