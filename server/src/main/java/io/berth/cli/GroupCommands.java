package io.berth.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "group")
final class GroupCommands {
    private static final String[] FIRST = {"name", "id", "format", "products", "kinds", "waiting", "oldest"};

    private final Root root;

    GroupCommands(Root root) {
        this.root = root;
    }

    /// What events a group is for and how many of them it keeps.
    static final class Wanted {
        @Option(names = "--format", paramLabel = "F", description = "aliyun, huawei or native (the default).")
        private @Nullable String format;

        @Option(names = "--product", paramLabel = "P", description = "Only events of this product; may be repeated.")
        private List<String> products = List.of();

        @Option(
                names = "--kinds",
                paramLabel = "K",
                split = ",",
                description = "Only message, property, event, status, lifecycle, topology, command.")
        private List<String> kinds = List.of();

        @Option(names = "--max-age", paramLabel = "TIME", description = "Give up older events; 1d if not given.")
        private @Nullable Duration maxAge;

        @Option(names = "--max-events", paramLabel = "N", description = "Give up the oldest beyond N.")
        private @Nullable Long maxEvents;

        @Option(names = "--max-attempts", paramLabel = "N", description = "Then an event is a dead letter.")
        private @Nullable Integer maxAttempts;

        private JsonObject group(String name) {
            return new JsonObject()
                    .with("name", name)
                    .with("format", format)
                    .with("products", products.isEmpty() ? null : products)
                    .with("kinds", kinds.isEmpty() ? null : kinds)
                    .with("maxAgeMillis", maxAge == null ? null : maxAge.toMillis())
                    .with("maxEvents", maxEvents)
                    .with("maxAttempts", maxAttempts);
        }
    }

    @Command(description = "Create a consumer group: events from now on are kept for it.")
    void create(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @ArgGroup(exclusive = false) @Nullable Wanted wanted) {
        JsonObject draft = (wanted == null ? new Wanted() : wanted).group(name);
        JsonObject made = root.api().post(Route.of("consumer-groups"), draft);
        root.output()
                .say(
                        new JsonObject().with("id", made.text("id")).with("name", made.text("name")),
                        "created " + made.text("name") + ", id " + made.text("id"));
    }

    @Command(description = "List the consumer groups.")
    void list() {
        root.output()
                .list(
                        root.api().get(Route.of("consumer-groups")).objects("items"),
                        "name",
                        "id",
                        "format",
                        "waiting",
                        "oldest",
                        "dropped",
                        "dead");
    }

    @Command(description = "Show a consumer group, its consumers and how far it came.")
    void show(@Parameters(paramLabel = "GROUP", description = "Its name or id.") String group) {
        root.output().show(root.api().get(Route.of("consumer-groups", group)), FIRST);
    }

    @Command(description = "Tell a group again what happened from a moment on, or leave out what waits.")
    void reset(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "TIME",
                            description = "A time, how long ago, as 10m, earliest, or now to leave out what waits.")
                    String to) {
        JsonObject from = new JsonObject().with("from", moment(to));
        root.output()
                .say(
                        root.api().post(Route.of("consumer-groups", group, "reset"), from),
                        group + " reads again from " + to);
    }

    @Command(description = "List the events nobody accepted, the newest first.")
    void dead(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Option(names = "--limit", paramLabel = "N", description = "At most N.") @Nullable Integer limit) {
        Route dead = Route.of("consumer-groups", group, "dead").with("limit", limit);
        root.output()
                .list(
                        root.api().get(dead).objects("items"),
                        "time",
                        "product",
                        "device",
                        "kind",
                        "topic",
                        "attempts",
                        "reason",
                        "text");
    }

    @Command(description = "Delete a consumer group and end its consumers.")
    void delete(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.delete(yes, "group", group, Route.of("consumer-groups", group));
    }

    /// Null for now.
    private @Nullable String moment(String to) {
        return switch (to.toLowerCase(Locale.ROOT)) {
            case "now" -> null;
            case "earliest" -> Instant.EPOCH.toString();
            default ->
                Times.moment(to, root.shell().clock().instant())
                        .orElseThrow(() -> new RefusedException(
                                "--to is a time like 2026-01-02T03:04:05Z, how long ago, like 10m, earliest or now"))
                        .toString();
        };
    }
}
