package io.berth.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "want",
        description = "Want properties of a device to have these values from now on, whether it is online or not.")
final class ThingWantCommand implements Runnable {
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

    @Option(names = "--expect", paramLabel = "N", description = "Only if what is wanted has this version.")
    private @Nullable Long version;

    @Option(names = "--module", paramLabel = "M", description = "Whose version; the default module otherwise.")
    private @Nullable String module;

    ThingWantCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject body = new JsonObject()
                .with("values", Assignments.read(values))
                .with("expectedVersion", version)
                .with("module", module);
        JsonObject answer = root.api().post(Route.of("products", product, "devices", device, "desired"), body);
        String pending = answer.object("pending").map(JsonObject::toString).orElse("{}");
        root.output()
                .say(
                        answer,
                        pending.equals("{}")
                                ? product + "/" + device + " is as it is wanted"
                                : "wanted of " + product + "/" + device + " and not so yet: " + pending);
    }
}
