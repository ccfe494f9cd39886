package io.berth.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "batch")
final class BatchCommands {
    private static final String[] FIRST = {"id", "name", "kind", "state", "product", "total", "done", "failed"};

    /// A group or a query may find millions, and each is written down before the answer.
    private static final Duration READING_PATIENCE = Duration.ofMinutes(10);

    private final Root root;

    BatchCommands(Root root) {
        this.root = root;
    }

    /// Which devices to register.
    static final class Registered {
        @Option(names = "--count", paramLabel = "N", description = "This many, under names that are made up.")
        private @Nullable Long count;

        @Option(
                names = "--names",
                paramLabel = "FILE",
                description = "Those of a file: a name a line, a nickname behind a comma; - for stdin.")
        private @Nullable String names;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description =
                        "Those of a CSV file whose first line names its columns, DeviceName at least; - for stdin.")
        private @Nullable String file;
    }

    /// Whether to watch it.
    static final class Watch {
        @Option(names = "--wait", description = "Show progress until it is over; exit code 1 if something failed.")
        private boolean wait;
    }

    @Command(description = "Register many devices.")
    int register(
            @Parameters(paramLabel = "PRODUCT", description = "The key of their product.") String product,
            @ArgGroup(exclusive = true, multiplicity = "1") Registered which,
            @Option(names = "--prefix", paramLabel = "TEXT", description = "What made up names begin with.") @Nullable
                    String prefix,
            @Option(names = "--name", paramLabel = "TEXT", description = "What to call the batch.") @Nullable
                    String name,
            @Option(names = "--check", description = "Only look at the file; berth batch start begins it.")
                    boolean check,
            @Mixin Watch watch) {
        if (which.file != null) {
            JsonObject read = new BatchUpload(root.api(), root.shell()).read(product, which.file, name, check);
            return check ? checked(read) : begun(read, watch);
        }
        if (check) {
            throw new RefusedException("only a file is checked: give --file FILE");
        }
        JsonObject body = new JsonObject()
                .with("name", name)
                .with("count", which.count)
                .with("prefix", prefix)
                .with("devices", which.names == null ? null : DeviceLines.named(root.shell(), which.names));
        return begun(root.api().post(Route.of("products", product, "registrations"), body), watch);
    }

    @Command(name = "delete-devices", description = "Delete many devices.")
    int deleteDevices(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Mixin BatchTerms terms,
            @Mixin Watch watch,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, which.words());
        return create("delete", which, null, terms, watch);
    }

    @Command(description = "End the sessions of many devices and refuse their logins.")
    int disable(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("disable", which, null, terms, watch);
    }

    @Command(description = "Let many devices log in again.")
    int enable(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("enable", which, null, terms, watch);
    }

    @Command(description = "Make many devices as new: they count as never seen and may register again.")
    int reset(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("reset", which, null, terms, watch);
    }

    @Command(name = "reset-secret", description = "Give many devices new secrets and end their sessions.")
    int resetSecret(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("reset_secret", which, null, terms, watch);
    }

    @Command(description = "Change what is said of many devices.")
    int update(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Option(names = "--nickname", paramLabel = "TEXT", description = "What people call each.") @Nullable
                    String nickname,
            @Option(names = "--description", paramLabel = "TEXT", description = "What each is.") @Nullable
                    String description,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        JsonObject document = new JsonObject().with("nickname", nickname).with("description", description);
        return create("update", which, document, terms, watch);
    }

    @Command(description = "Set properties of many devices that are online.")
    int set(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "Properties and their values.")
                    List<String> values,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("set", which, new JsonObject().with("values", Assignments.read(values)), terms, watch);
    }

    @Command(description = "Want property values of many devices from now on.")
    int want(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "Properties and their values.")
                    List<String> values,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("desire", which, new JsonObject().with("values", Assignments.read(values)), terms, watch);
    }

    @Command(description = "Call a service of many devices.")
    int call(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Parameters(paramLabel = "SERVICE", description = "Its key in the thing model.") String service,
            @Parameters(paramLabel = "KEY=VALUE", arity = "0..*", description = "Its input.") @Nullable
                    List<String> input,
            @Option(names = "--keep-for", paramLabel = "SECONDS", description = "Let it wait for absent devices.")
                    @Nullable
                    Long keepFor,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        JsonObject document = new JsonObject()
                .with("service", service)
                .with("input", Assignments.read(input == null ? List.of() : input))
                .with("keep-for", keepFor);
        return create("command", which, document, terms, watch);
    }

    @Command(description = "Send a message to many devices.")
    int message(
            @ArgGroup(exclusive = true, multiplicity = "1") ChosenDevices which,
            @Parameters(paramLabel = "TOPIC", description = "May hold {product}, {device} and {alias}.") String topic,
            @Parameters(paramLabel = "TEXT", description = "What to say.") String text,
            @Mixin BatchTerms terms,
            @Mixin Watch watch) {
        return create("message", which, new JsonObject().with("topic", topic).with("text", text), terms, watch);
    }

    @Command(description = "List batches, the newest first.")
    void list(
            @Option(names = "--product", paramLabel = "KEY", description = "Those that register its devices.") @Nullable
                    String product,
            @Option(names = "--state", paramLabel = "WORD", description = "Those in this state.") @Nullable
                    String state,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.") long limit) {
        Route route = Route.of("batches").with("product", product).with("state", state);
        root.output()
                .list(root.api(), route, limit, "id", "kind", "state", "total", "done", "failed", "created", "name");
    }

    @Command(description = "Show how far a batch is.")
    int show(@Parameters(paramLabel = "ID", description = "Its id.") String id, @Mixin Watch watch) {
        JsonObject batch = root.api().get(Route.of("batches", id));
        return watch.wait ? watched(batch) : shown(batch);
    }

    @Command(description = "List what became of the devices of a batch.")
    void targets(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(names = "--state", paramLabel = "WORD", description = "Those in this state.") @Nullable
                    String state,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        Route route = Route.of("batches", id, "targets").with("state", state);
        root.output().list(root.api(), route, limit, "device", "state", "attempts", "problem", "detail");
    }

    @Command(description = "List the devices a batch registered, with their secrets.")
    void devices(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(names = "--csv", description = "As berth device import reads it.") boolean csv) {
        Route route = Route.of("batches", id, "devices");
        if (!csv) {
            root.output().list(root.api(), route, Long.MAX_VALUE, "product", "name", "secret", "huaweiId");
            return;
        }
        CsvOutput table = new CsvOutput(root.output(), "product", "device", "secret", "alias");
        root.api()
                .list(
                        route,
                        Long.MAX_VALUE,
                        page -> page.forEach(device -> table.row(device, "product", "name", "secret", "huaweiId")));
        table.end();
    }

    @Command(description = "Print what the devices of a batch log in with, as CSV.")
    void triples(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        CsvOutput csv = new CsvOutput(root.output(), "ProductKey", "DeviceName", "DeviceSecret");
        try (AnswerLines lines = root.api().follow(Route.of("batches", id, "triples"))) {
            for (Optional<JsonObject> line = lines.next(); line.isPresent(); line = lines.next()) {
                csv.row(line.get(), "product", "name", "secret");
            }
        }
        csv.end();
    }

    @Command(description = "Print the lines nothing became of, and why, as CSV.")
    void errors(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        CsvOutput csv = new CsvOutput(root.output(), "line", "column", "device", "problem", "why");
        root.api()
                .list(
                        Route.of("batches", id, "errors"),
                        Long.MAX_VALUE,
                        page -> page.forEach(bad -> csv.row(bad, "line", "column", "device", "problem", "why")));
        csv.end();
    }

    @Command(description = "Begin a batch that was only looked at.")
    int start(@Parameters(paramLabel = "ID", description = "Its id.") String id, @Mixin Watch watch) {
        return begun(root.api().post(Route.of("batches", id, "start"), new JsonObject()), watch);
    }

    @Command(description = "Stop a batch.")
    void stop(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        JsonObject batch = root.api().post(Route.of("batches", id, "stop"), new JsonObject());
        root.output().say(batch, "batch " + id + " is " + batch.text("state"));
    }

    @Command(description = "Try again what failed or was stopped.")
    int retry(@Parameters(paramLabel = "ID", description = "Its id.") String id, @Mixin Watch watch) {
        return begun(root.api().post(Route.of("batches", id, "retry"), new JsonObject()), watch);
    }

    @Command(description = "Forget a batch; devices it registered stay.")
    void delete(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.delete(yes, "batch", id, Route.of("batches", id));
    }

    private int create(String kind, ChosenDevices which, @Nullable JsonObject document, BatchTerms terms, Watch watch) {
        JsonObject body = new JsonObject().with("kind", kind).with("document", document);
        which.into(terms.into(body), root.shell());
        return begun(root.api().post(Route.of("batches"), body, READING_PATIENCE), watch);
    }

    /// What a file came to; 1 when a line of it is wrong.
    private int checked(JsonObject batch) {
        long failed = batch.number("failed");
        String id = batch.text("id");
        root.output()
                .say(
                        batch,
                        "batch " + id + ": " + (batch.number("total") - failed) + " devices can be registered"
                                + (failed == 0 ? "" : ", " + failed + " cannot (berth batch errors " + id + ")")
                                + "; berth batch start " + id + " begins");
        return failed > 0 ? 1 : 0;
    }

    private int begun(JsonObject batch, Watch watch) {
        if (watch.wait) {
            return watched(batch);
        }
        root.output().say(batch, "batch " + batch.text("id") + ": " + batch.text("total") + " devices");
        return 0;
    }

    private int watched(JsonObject batch) {
        return shown(new BatchWatch(root.api(), root.shell()).untilOver(batch));
    }

    private int shown(JsonObject batch) {
        root.output().show(batch, FIRST);
        return batch.number("failed") > 0 ? 1 : 0;
    }
}
