package io.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "versions", description = "List the published thing models of a product, newest first.")
final class ThingVersionsCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
    private String product = "";

    ThingVersionsCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        root.output()
                .list(
                        root.api()
                                .get(Route.of("products", product, "model", "versions"))
                                .objects("items"),
                        "version",
                        "published",
                        "modules",
                        "properties",
                        "events",
                        "services");
    }
}
