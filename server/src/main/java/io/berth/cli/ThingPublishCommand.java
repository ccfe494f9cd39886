package io.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "publish", description = "Let devices meet the draft of the thing model.")
final class ThingPublishCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
    private String product = "";

    ThingPublishCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject published = root.api().post(Route.of("products", product, "model", "publish"), new JsonObject());
        root.output()
                .say(
                        published,
                        "published version " + published.number("version") + " of the thing model of " + product);
    }
}
