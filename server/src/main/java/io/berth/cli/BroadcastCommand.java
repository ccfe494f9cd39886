package io.berth.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "broadcast")
final class BroadcastCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "TOPIC", description = "The name of the broadcast.")
    private String topic = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private PayloadOptions payload = new PayloadOptions();

    BroadcastCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject message = payload.addTo(new JsonObject().with("topic", topic));
        JsonObject answer = root.api().post(Route.of("products", product, "broadcasts"), message);
        root.output().say(answer, "offered to " + answer.number("offered") + " devices of " + product);
    }
}
