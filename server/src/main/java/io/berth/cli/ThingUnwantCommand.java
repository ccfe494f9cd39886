package io.berth.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "unwant", description = "Want properties of a device no more.")
final class ThingUnwantCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
    private String device = "";

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "PROPERTY", description = "Which ones.")
    private List<String> keys = List.of();

    ThingUnwantCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        for (String key : keys) {
            root.api()
                    .delete(Route.of("products", product, "devices", device, "desired")
                            .with("key", key));
            JsonObject gone = new JsonObject()
                    .with("product", product)
                    .with("device", device)
                    .with("property", key)
                    .with("wanted", false);
            root.output().say(gone, key + " of " + product + "/" + device + " is wanted no more");
        }
    }
}
