package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.scene.Firing;
import io.berth.core.scene.Scene;
import io.berth.core.scene.Scenes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Device linkage.
public final class SceneRoutes implements NativeApi.Group {
    private final Scenes scenes;

    public SceneRoutes(Scenes scenes) {
        this.scenes = scenes;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/scenes";
        String one = all + "/{scene}";
        return List.of(
                Route.get(all, Demand.read(Area.RULES), "Lists scenes", Nothing.class, SceneList.class, this::list),
                Route.create(
                                all,
                                Demand.operate(Area.RULES),
                                "Creates a scene",
                                SceneForm.class,
                                ShownScene.class,
                                this::create)
                        .about(SceneForm::name),
                Route.get(one, Demand.read(Area.RULES), "Shows a scene", Nothing.class, ShownScene.class, this::show),
                Route.post(
                        one,
                        Demand.operate(Area.RULES),
                        "Replaces a scene",
                        SceneForm.class,
                        ShownScene.class,
                        this::replace),
                Route.post(
                        one + "/enable",
                        Demand.operate(Area.RULES),
                        "Lets a scene work again",
                        Nothing.class,
                        ShownScene.class,
                        call -> shown(scenes.enable(call.path("scene"), true))),
                Route.post(
                        one + "/disable",
                        Demand.operate(Area.RULES),
                        "Lets a scene rest",
                        Nothing.class,
                        ShownScene.class,
                        call -> shown(scenes.enable(call.path("scene"), false))),
                Route.delete(one, Demand.operate(Area.RULES), "Deletes a scene", Nothing.class, this::delete),
                Route.post(
                                "/scene-trials",
                                Demand.operate(Area.RULES),
                                "Tells what a scene would do",
                                NewTrial.class,
                                ShownTrial.class,
                                this::tryOut)
                        .unaudited());
    }

    public record SceneList(List<SceneSummary> items) {}

    public record SceneSummary(
            String name,
            String description,
            boolean enabled,
            Instant changed,
            long fired,
            long failed,
            long suppressed) {}

    /// @param fired and `failed`, `suppressed`: counted since the start of the server
    public record ShownScene(
            String name,
            String description,
            boolean enabled,
            Instant changed,
            List<ObjectNode> triggers,
            List<ObjectNode> conditions,
            List<ObjectNode> actions,
            @Nullable String coolDown,
            long fired,
            long failed,
            long suppressed,
            List<ShownFiring> firings) {}

    /// @param product and `device`: whose trigger it was, absent when it was the clock's
    public record ShownFiring(
            Instant time,
            @Nullable String product,
            @Nullable String device,
            String reason,
            boolean failed,
            List<ShownOutcome> actions) {
        private static ShownFiring of(Firing firing) {
            DeviceId device = firing.device();
            return new ShownFiring(
                    firing.time(),
                    device == null ? null : device.product(),
                    device == null ? null : device.name(),
                    firing.reason(),
                    firing.hasFailed(),
                    firing.done().stream().map(ShownOutcome::of).toList());
        }
    }

    public record ShownOutcome(String action, boolean succeeded, String detail) {
        private static ShownOutcome of(Firing.Outcome outcome) {
            return new ShownOutcome(outcome.action(), outcome.succeeded(), outcome.detail());
        }
    }

    /// @param name of a stored scene
    /// @param scene one that need not be stored
    /// @param sample what happens: `product`, `device` and one of `properties`, `event` with `output`,
    /// `status`; and when, as `time`
    public record NewTrial(@Nullable String name, @Nullable SceneForm scene, ObjectNode sample) {}

    public record ShownTrial(
            boolean fires, List<ShownPart> triggers, List<ShownPart> conditions, List<String> actions) {}

    public record ShownPart(String what, boolean met) {
        private static List<ShownPart> of(List<Scenes.Part> parts) {
            return parts.stream()
                    .map(part -> new ShownPart(part.what(), part.met()))
                    .toList();
        }
    }

    private SceneList list(Call<Nothing> call) {
        return new SceneList(scenes.list().stream().map(this::summary).toList());
    }

    private ShownScene create(Call<SceneForm> call) {
        return shown(scenes.create(call.input().draft()));
    }

    private ShownScene show(Call<Nothing> call) {
        return shown(scenes.get(call.path("scene")));
    }

    private ShownScene replace(Call<SceneForm> call) {
        String name = call.path("scene");
        require(call.input().name().equals(name), "the scene is called \"" + name + "\": a name stays as it is");
        return shown(scenes.replace(call.input().draft()));
    }

    private void delete(Call<Nothing> call) {
        scenes.delete(call.path("scene"));
    }

    private ShownTrial tryOut(Call<NewTrial> call) {
        NewTrial wanted = call.input();
        String name = wanted.name();
        SceneForm form = wanted.scene();
        require((name == null) != (form == null), "give either \"name\" or \"scene\"");
        Scenes.Draft draft = form != null ? form.draft() : SceneForm.draft(scenes.get(String.valueOf(name)));
        Scenes.Trial trial = scenes.tryOut(draft, FreeJson.fields(wanted.sample()));
        return new ShownTrial(
                trial.fires(), ShownPart.of(trial.triggers()), ShownPart.of(trial.conditions()), trial.actions());
    }

    private SceneSummary summary(Scene scene) {
        Scenes.Progress progress = scenes.progress(scene);
        return new SceneSummary(
                scene.name(),
                scene.description(),
                scene.enabled(),
                scene.changed(),
                progress.fired(),
                progress.failed(),
                progress.suppressed());
    }

    private ShownScene shown(Scene scene) {
        Scenes.Progress progress = scenes.progress(scene);
        SceneForm form = SceneForm.of(scene);
        return new ShownScene(
                scene.name(),
                scene.description(),
                scene.enabled(),
                scene.changed(),
                form.triggers(),
                SceneForm.given(form.conditions()),
                form.actions(),
                form.coolDown(),
                progress.fired(),
                progress.failed(),
                progress.suppressed(),
                progress.newest().stream().map(ShownFiring::of).toList());
    }
}
