package io.berth.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Set properties of a device that is online.")
final class ThingSetCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
    private String device = "";

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "PROPERTY=VALUE",
            description = "JSON where it reads as JSON, else text; of a module, MODULE:PROPERTY.")
    private List<String> values = List.of();

    @Option(names = "--wait", paramLabel = "TIME", description = "Wait this long for the device to say it did.")
    private @Nullable Duration wait;

    ThingSetCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonObject body = new JsonObject()
                .with("values", Assignments.read(values))
                .with("waitMillis", wait == null ? null : wait.toMillis());
        JsonObject answer = root.api()
                .post(
                        Route.of("products", product, "devices", device, "properties"),
                        body,
                        wait == null ? Duration.ZERO : wait);
        return new CallOutcome(answer).tell(root);
    }
}
