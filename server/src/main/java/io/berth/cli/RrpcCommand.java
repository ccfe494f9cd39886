package io.berth.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rrpc")
final class RrpcCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
    private String device = "";

    @Option(
            names = "--topic",
            paramLabel = "T",
            description = "Your own topic for the request; the vendor's otherwise.")
    private @Nullable String topic;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "5s", description = "How long it may take (5s).")
    private Duration timeout = Duration.ZERO;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private PayloadOptions payload = new PayloadOptions();

    RrpcCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject request =
                payload.addTo(new JsonObject().with("topic", topic)).with("timeoutMillis", timeout.toMillis());
        JsonObject answer =
                root.api().post(Route.of("products", product, "devices", device, "requests"), request, timeout);
        // what the device answered goes out as it came: it may be piped on
        root.output().say(answer, answer.find("text").orElseGet(() -> answer.text("base64")));
    }
}
