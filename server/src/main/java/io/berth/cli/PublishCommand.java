package io.berth.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "publish")
final class PublishCommand implements Runnable {
    private final Root root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
    private String device = "";

    @Parameters(index = "2", paramLabel = "TOPIC", description = "The topic, as the device subscribes it.")
    private String topic = "";

    @Option(names = "--qos", paramLabel = "0|1", defaultValue = "0", description = "0 once at most, 1 once at least.")
    private int qos;

    @Option(names = "--wait", paramLabel = "TIME", description = "Wait this long for the device to acknowledge.")
    private @Nullable Duration wait;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private PayloadOptions payload = new PayloadOptions();

    PublishCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        if (qos < 0 || qos > 1) {
            throw new ParameterException(spec.commandLine(), "--qos is 0 or 1, not " + qos);
        }
        Duration patience = wait == null ? Duration.ZERO : wait;
        JsonObject message = payload.addTo(new JsonObject().with("topic", topic).with("qos", qos))
                .with("waitMillis", wait == null ? null : patience.toMillis());
        JsonObject answer =
                root.api().post(Route.of("products", product, "devices", device, "messages"), message, patience);
        root.output().say(answer, sentence(answer.text("state")));
    }

    private String sentence(String state) {
        return switch (state) {
            case "sent" -> "sent to " + product + "/" + device;
            case "queued" -> "kept for " + product + "/" + device + " until it can take it";
            case "acknowledged" -> product + "/" + device + " acknowledged it";
            default -> state;
        };
    }
}
