package io.berth.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "alarm")
final class AlarmCommands {
    private final Root root;

    AlarmCommands(Root root) {
        this.root = root;
    }

    enum State {
        ACTIVE,
        ACKNOWLEDGED,
        CLEARED
    }

    @Command(description = "List the alarms, those raised last first.")
    void list(
            @Option(
                            names = "--state",
                            paramLabel = "S",
                            description = "Only those that are active, acknowledged or cleared.")
                    @Nullable
                    State state,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        Route alarms = Route.of("alarms")
                .with("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
        root.output().list(root.api(), alarms, limit, "source", "severity", "state", "raised", "times", "text");
    }

    @Command(description = "Show an alarm and what became of it.")
    void show(@Parameters(paramLabel = "SOURCE", description = "What is in trouble.") String source) {
        JsonObject alarm = root.api().get(Route.of("alarms", source));
        List<JsonObject> steps =
                root.api().get(Route.of("alarms", source, "history")).objects("items");
        if (root.output().isJson()) {
            root.output().say(alarm.with("history", steps), "");
            return;
        }
        root.output().show(alarm, "source", "state", "severity", "text");
        root.output().out().println();
        root.output().list(steps, "time", "change", "by", "severity", "text");
    }

    @Command(description = "Say that you look after it.")
    void acknowledge(@Parameters(paramLabel = "SOURCE", description = "What is in trouble.") String source) {
        JsonObject alarm = root.api().post(Route.of("alarms", source, "acknowledge"), new JsonObject());
        root.output().say(alarm, source + " is looked after by " + alarm.text("acknowledged"));
    }

    @Command(description = "Say that the trouble is over.")
    void clear(@Parameters(paramLabel = "SOURCE", description = "What was in trouble.") String source) {
        JsonObject alarm = root.api().post(Route.of("alarms", source, "clear"), new JsonObject());
        root.output().say(alarm, source + " is cleared");
    }
}
