package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "log")
final class LogCommand implements Runnable {
    private final Root root;

    @Parameters(paramLabel = "PRODUCT", description = "The key of its product.")
    private String product = "";

    @Parameters(paramLabel = "DEVICE", description = "Its name.")
    private String device = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most N lines, the newest first.")
    private long limit = 100;

    @Option(names = "--want", negatable = true, description = "Ask the device to send its log, or not to.")
    private @Nullable Boolean want;

    LogCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        Route log = Route.of("products", product, "devices", device, "log");
        if (want != null) {
            JsonObject answer = root.api()
                    .post(
                            Route.of("products", product, "devices", device, "log", "wanted"),
                            new JsonObject().with("wanted", want));
            root.output().say(answer, product + "/" + device + (want ? " is to send its log" : " keeps its log"));
        } else {
            root.output().list(root.api(), log, limit, "time", "level", "module", "code", "content");
        }
    }
}
