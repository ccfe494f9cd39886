package io.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "scene")
final class SceneCommands {
    private final Root root;

    SceneCommands(Root root) {
        this.root = root;
    }

    /// Which scene to try.
    static final class Which {
        @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A scene that is not stored.")
        private @Nullable Path file;

        @Option(names = "--name", paramLabel = "N", description = "The stored scene of this name.")
        private @Nullable String name;
    }

    @Command(description = "Create a scene of a JSON file.")
    void create(
            @Parameters(paramLabel = "FILE", description = "What it is to do; docs/scenes.md tells how.") Path file,
            @Option(names = "--replace", description = "In place of the one of its name.") boolean replace) {
        JsonObject scene = read(file);
        Route route = replace ? Route.of("scenes", scene.text("name")) : Route.of("scenes");
        JsonObject answer = root.api().post(route, scene);
        root.output()
                .say(answer, (replace ? "replaced" : "created") + " scene " + answer.text("name") + working(answer));
    }

    @Command(description = "List the scenes.")
    void list() {
        root.output()
                .list(
                        root.api().get(Route.of("scenes")).objects("items"),
                        "name",
                        "enabled",
                        "fired",
                        "failed",
                        "suppressed",
                        "description");
    }

    @Command(description = "Show a scene and when it fired last.")
    void show(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        JsonObject scene = root.api().get(Route.of("scenes", name));
        if (root.output().isJson()) {
            root.output().say(scene, "");
            return;
        }
        List<JsonObject> firings = scene.objects("firings");
        scene.fields().remove("firings");
        root.output().show(scene, "name", "description", "enabled", "changed");
        for (JsonObject firing : firings) {
            firing(firing);
        }
        root.output().out().flush();
    }

    @Command(description = "Let a scene work again.")
    void enable(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        JsonObject scene = root.api().post(Route.of("scenes", name, "enable"), new JsonObject());
        root.output().say(scene, "scene " + name + " works");
    }

    @Command(description = "Let a scene rest.")
    void disable(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        JsonObject scene = root.api().post(Route.of("scenes", name, "disable"), new JsonObject());
        root.output().say(scene, "scene " + name + " rests");
    }

    @Command(description = "Delete a scene.")
    void delete(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.delete(yes, "scene", name, Route.of("scenes", name));
    }

    @Command(name = "try", description = "Show what a scene would do if something happened now.")
    void attempt(
            @ArgGroup(exclusive = true, multiplicity = "1") Which which,
            @Option(
                            names = "--sample",
                            paramLabel = "JSON",
                            required = true,
                            description =
                                    "What happens, as {\"product\":\"a1\",\"device\":\"d\",\"properties\":{\"Temp\":31}}.")
                    String sample) {
        JsonObject body = new JsonObject()
                .with("name", which.name)
                .with("scene", which.file == null ? null : read(which.file))
                .with("sample", parse(sample, "--sample"));
        JsonObject trial = root.api().post(Route.of("scene-trials"), body);
        if (root.output().isJson()) {
            root.output().say(trial, "");
            return;
        }
        root.output().out().println(trial.is("fires") ? "it fires" : "it does not fire");
        parts("trigger", trial.objects("triggers"));
        parts("condition", trial.objects("conditions"));
        if (trial.fields().get("actions") instanceof List<?> actions) {
            actions.forEach(action -> line("action", String.valueOf(action)));
        }
        root.output().out().flush();
    }

    private void firing(JsonObject firing) {
        String when = firing.instant("time").map(root.output().times()::withAge).orElse("-");
        root.output().out().println();
        root.output().out().println(Printable.of(when + "  " + firing.text("reason")));
        for (JsonObject action : firing.objects("actions")) {
            line(
                    action.is("succeeded") ? "done" : "failed",
                    action.text("action")
                            + action.find("detail").map(detail -> ": " + detail).orElse(""));
        }
    }

    private void parts(String what, List<JsonObject> parts) {
        parts.forEach(part -> line(what, (part.is("met") ? "met      " : "not met  ") + part.text("what")));
    }

    private void line(String label, String text) {
        root.output().out().println("  " + Printable.padded(label, 9) + "  " + Printable.of(text));
    }

    private static String working(JsonObject scene) {
        return scene.is("enabled") ? "" : ", which rests";
    }

    private static JsonObject read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        }
    }

    private static JsonObject parse(String json, String what) {
        try {
            return Json.read(json);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(what + " is no JSON object: " + e.getMessage());
        }
    }
}
