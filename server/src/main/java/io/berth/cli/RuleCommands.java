package io.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rule")
final class RuleCommands {
    private static final String[] FIRST = {"name", "id", "enabled", "format", "sql", "select", "where", "source"};

    private final Root root;

    RuleCommands(Root root) {
        this.root = root;
    }

    /// A rule from a file, or from options where one action is enough.
    static final class Definition {
        private static final String DESTINATIONS = "--http, --group, --mqtt or --destination";

        @Option(names = "--file", paramLabel = "FILE", description = "The rule as JSON (docs/rules.md).")
        private @Nullable Path file;

        @Option(
                names = "--kinds",
                paramLabel = "K",
                split = ",",
                description = "message, property, event, status, lifecycle, topology, command.")
        private List<String> kinds = List.of();

        @Option(names = "--product", paramLabel = "P", split = ",", description = "Only of these products.")
        private List<String> products = List.of();

        @Option(names = "--device", paramLabel = "D", split = ",", description = "Only of these devices, as pump-*.")
        private List<String> devices = List.of();

        @Option(names = "--topic-filter", paramLabel = "T", description = "Only on such topics, with + and #.")
        private List<String> topics = List.of();

        @Option(names = "--format", paramLabel = "F", description = "aliyun, huawei or native.")
        private @Nullable String format;

        @Option(names = "--sql", paramLabel = "SQL", description = "A statement of Alibaba Cloud.")
        private @Nullable String sql;

        @Option(names = "--select", paramLabel = "FIELDS", description = "Of Huawei Cloud, without the keyword.")
        private @Nullable String select;

        @Option(names = "--where", paramLabel = "CONDITION", description = "Of Huawei Cloud, without the keyword.")
        private @Nullable String where;

        @ArgGroup
        private @Nullable Where to;

        @Option(names = "--policy", paramLabel = "K=V", description = "perSecond=100, keepFor=24h, parallel=8, …")
        private Map<String, String> policy = Map.of();

        @Option(names = "--disabled", description = "Do not let it work yet.")
        private boolean disabled;

        private JsonObject body(String name, boolean needsAction) {
            JsonObject body = file == null ? new JsonObject() : read(file);
            if (!body.has("name")) {
                body.with("name", name);
            }
            JsonObject source = new JsonObject()
                    .with("kinds", given(kinds))
                    .with("products", given(products))
                    .with("devices", given(devices))
                    .with("topics", given(topics));
            if (!source.fields().isEmpty()) {
                body.with("source", source);
            }
            body.with("format", format).with("sql", sql).with("select", select).with("where", where);
            if (disabled) {
                body.with("enabled", false);
            }
            if (to == null && !policy.isEmpty()) {
                throw new RefusedException("--policy is about a destination given beside it, by " + DESTINATIONS
                        + "; in a file each action says its own \"policy\"");
            }
            if (to != null) {
                body.with("actions", List.of(action(to)));
            } else if (!body.has("actions")) {
                if (needsAction) {
                    throw new RefusedException("name a --file, or where to send: " + DESTINATIONS);
                }
                body.with("actions", List.of());
            }
            return body;
        }

        private JsonObject action(Where where) {
            JsonObject action = new JsonObject().with("destination", where.destination());
            if (!policy.isEmpty()) {
                JsonObject said = new JsonObject();
                policy.forEach(
                        (key, value) -> said.with(key, value.matches("[0-9]{1,18}") ? Long.valueOf(value) : value));
                action.with("policy", said);
            }
            return action;
        }

        private static @Nullable List<String> given(List<String> list) {
            return list.isEmpty() ? null : list;
        }
    }

    /// Where a rule of one action sends.
    static final class Where {
        @Option(names = "--http", paramLabel = "URL", description = "POST it there.")
        private @Nullable String http;

        @Option(names = "--group", paramLabel = "NAME", description = "Into this consumer group.")
        private @Nullable String group;

        @Option(names = "--mqtt", paramLabel = "TOPIC", description = "To a device, as /a1/$${event.device}/user/get.")
        private @Nullable String mqtt;

        @Option(names = "--destination", paramLabel = "JSON", description = "Any destination, with its \"kind\".")
        private @Nullable String json;

        private JsonObject destination() {
            if (http != null) {
                return new JsonObject().with("kind", "http").with("url", http);
            }
            if (group != null) {
                return new JsonObject().with("kind", "group").with("group", group);
            }
            if (mqtt != null) {
                return new JsonObject().with("kind", "mqtt").with("topic", mqtt);
            }
            try {
                return Json.read(String.valueOf(json));
            } catch (IllegalArgumentException e) {
                throw new RefusedException("--destination is no JSON object: " + e.getMessage());
            }
        }
    }

    /// A message made up.
    static final class Sample {
        private static final Pattern FILE = Pattern.compile("(/|\\./|\\.\\./|@).*|.*\\.json");

        @Option(
                names = "--sample",
                required = true,
                paramLabel = "FILE|JSON",
                description = "The message: a file, or the text itself.")
        private String sample = "";

        @Option(names = "--topic", paramLabel = "T", description = "The topic it came on, as /a1/d1/user/update.")
        private @Nullable String topic;

        private JsonObject addTo(JsonObject body) {
            return body.with("topic", topic).with("text", text(sample));
        }

        /// What looks like JSON is no name of a file; what looks like a file must be one.
        private static String text(String given) {
            if (given.isEmpty()
                    || given.stripLeading().startsWith("{")
                    || given.stripLeading().startsWith("[")) {
                return given;
            }
            try {
                Path file = Path.of(given);
                return Files.exists(file) || FILE.matcher(given).matches() ? Files.readString(file) : given;
            } catch (InvalidPathException _) {
                return given;
            } catch (IOException e) {
                throw RefusedException.unreadable(Path.of(given), e);
            }
        }
    }

    @Command(description = "Create a rule.")
    void create(@Parameters(paramLabel = "NAME", description = "Its name.") String name, @Mixin Definition definition) {
        show(root.api().post(Route.of("rules"), called(name, definition.body(name, true))));
    }

    @Command(description = "List the rules.")
    void list() {
        List<JsonObject> rules = new ArrayList<>();
        root.api().list(Route.of("rules"), Long.MAX_VALUE, rules::addAll);
        if (root.output().isJson()) {
            root.output().list(rules);
            return;
        }
        root.output()
                .list(
                        rules.stream().map(RuleCommands::row).toList(),
                        "name",
                        "enabled",
                        "sends to",
                        "waiting",
                        "trouble");
    }

    @Command(description = "Show a rule and how its actions are doing.")
    void show(@Parameters(paramLabel = "NAME", description = "Its name or id.") String name) {
        show(root.api().get(Route.of("rules", name)));
    }

    @Command(description = "Replace a rule; secrets shown as *** stay what they were.")
    void update(
            @Parameters(paramLabel = "NAME", description = "Its name or id.") String name,
            @Mixin Definition definition) {
        JsonObject before = root.api().get(Route.of("rules", name));
        JsonObject body = definition.body(before.text("name"), true);
        boolean mayRename = before.text("id").equals(name);
        show(root.api().post(Route.of("rules", name), mayRename ? body : called(name, body)));
    }

    @Command(description = "Let a rule work.")
    void enable(@Parameters(paramLabel = "NAME", description = "Its name or id.") String name) {
        root.output().say(root.api().post(Route.of("rules", name, "enable"), new JsonObject()), name + " works");
    }

    @Command(
            description =
                    "Stop a rule; what waits for its actions is given up, and what happens meanwhile not sent later.")
    void disable(@Parameters(paramLabel = "NAME", description = "Its name or id.") String name) {
        JsonObject disabled = root.api().post(Route.of("rules", name, "disable"), new JsonObject());
        long gaveUp = disabled.number("gaveUp");
        root.output()
                .say(
                        disabled,
                        name + " is stopped" + (gaveUp == 0 ? "" : "; " + gaveUp + " that waited were given up"));
    }

    @Command(description = "Delete a rule, and what waits for its actions.")
    void delete(
            @Parameters(paramLabel = "NAME", description = "Its name or id.") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.delete(yes, "rule", name, Route.of("rules", name));
    }

    @Command(name = "try", description = "Show what a rule makes of a sample; nothing is sent.")
    void attempt(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "A rule; without it, the options say one.")
                    @Nullable
                    String name,
            @Mixin Definition definition,
            @ArgGroup(exclusive = false, multiplicity = "1") Sample sample) {
        JsonObject tried = name != null
                ? root.api().post(Route.of("rules", name, "try"), sample.addTo(new JsonObject()))
                : root.api()
                        .post(
                                Route.of("rule-trials"),
                                sample.addTo(new JsonObject().with("rule", definition.body("try", false))));
        if (!root.output().isJson() && !tried.text("outcome").equals("made")) {
            throw new RefusedException("nothing would be sent: " + tried.text("detail"));
        }
        root.output().say(tried, tried.find("text").orElseGet(() -> tried.text("base64")));
    }

    @Command(
            description = "Send one sample through an action and tell what happened. One that arrives ends the action's"
                    + " suspension: what waits is sent.")
    void test(
            @Parameters(paramLabel = "NAME", description = "A rule.") String name,
            @Parameters(paramLabel = "ACTION", arity = "0..1", description = "One of its actions.") @Nullable
                    String action,
            @ArgGroup(exclusive = false) @Nullable Sample sample) {
        JsonObject body = new JsonObject().with("action", action);
        JsonObject tested =
                root.api().post(Route.of("rules", name, "test"), sample == null ? body : sample.addTo(body));
        if (!root.output().isJson() && !tested.is("delivered")) {
            throw new RefusedException(tested.text("detail"));
        }
        root.output().say(tested, "delivered in " + tested.text("millis") + " ms: " + tested.text("detail"));
    }

    /// Of two names that differ neither may win in silence.
    private static JsonObject called(String name, JsonObject body) {
        if (!body.text("name").equals(name)) {
            throw new RefusedException("the file is about a rule called \"" + body.text("name") + "\", not \"" + name
                    + "\": give one name (update renames a rule that is named by its id)");
        }
        return body;
    }

    private void show(JsonObject rule) {
        root.output().show(rule, FIRST);
    }

    private static JsonObject row(JsonObject rule) {
        List<JsonObject> actions = rule.objects("actions");
        List<JsonObject> states = actions.stream()
                .flatMap(action -> action.object("state").stream())
                .toList();
        return new JsonObject()
                .with("name", rule.text("name"))
                .with("enabled", rule.text("enabled"))
                .with(
                        "sends to",
                        actions.stream().map(action -> action.text("id")).collect(Collectors.joining(", ")))
                .with(
                        "waiting",
                        states.stream()
                                .mapToLong(state -> state.number("waiting"))
                                .sum())
                .with(
                        "trouble",
                        states.stream()
                                .flatMap(state -> state.find("trouble").stream())
                                .collect(Collectors.joining("; ")));
    }

    private static JsonObject read(Path file) {
        try {
            return Json.read(Files.readString(file));
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file + " is no JSON object: " + e.getMessage());
        }
    }
}
