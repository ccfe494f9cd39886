package io.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "batch", description = "Begin, list, show and close batches of devices that are made.")
final class LineBatchCommands {
    private final Root root;

    LineBatchCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Begin a batch.")
    void create(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Option(names = "--product", paramLabel = "P", required = true, description = "Of which devices are made.")
                    String product,
            @Option(names = "--quota", paramLabel = "N", required = true, description = "How many, at most.")
                    long quota,
            @Option(names = "--once", description = "Hand the secret of each device out a single time.") boolean once) {
        JsonObject batch = new JsonObject()
                .with("name", name)
                .with("product", product)
                .with("quota", quota)
                .with("handOut", once ? "once" : null);
        JsonObject made = root.api().post(Route.of("line", "batches"), batch);
        root.output().say(made, "began batch " + made.text("name") + " of " + quota + " devices of " + product);
    }

    @Command(description = "List the batches.")
    void list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N (100).")
                    long limit) {
        root.output()
                .list(
                        root.api(),
                        Route.of("line", "batches"),
                        limit,
                        "name",
                        "product",
                        "quota",
                        "taken",
                        "handOut",
                        "created",
                        "closed");
    }

    @Command(description = "Show how far a batch is.")
    void show(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        root.output().show(root.api().get(Route.of("line", "batches", name)), "name", "product", "quota", "taken");
    }

    @Command(description = "End a batch: nothing of it is handed out any more.")
    void close(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        JsonObject batch = root.api().post(Route.of("line", "batches", name, "close"), new JsonObject());
        root.output().say(batch, "closed batch " + name);
    }
}
