package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "risk")
final class RiskCommands {
    private final Root root;

    RiskCommands(Root root) {
        this.root = root;
    }

    @Command(description = "List devices as which more than one physical device logged in.")
    void list(
            @Option(names = "--product", paramLabel = "PRODUCT", description = "Only those of this product.") @Nullable
                    String product,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        Route risks = product == null ? Route.of("risks") : Route.of("products", product, "risks");
        root.output().list(root.api(), risks, limit, "product", "device");
    }

    @Command(description = "Show the physical devices that may log in as a device with tokens.")
    void show(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        JsonObject risk = root.api().get(units(product, device));
        if (root.output().isJson()) {
            root.output().say(risk, "");
        } else {
            root.output().list(risk.objects("units"), "clientId", "created", "seen");
        }
    }

    @Command(description = "Let only one of them log in from now on.")
    void keep(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Parameters(paramLabel = "CLIENT-ID", description = "Which one: what it was given as client id.")
                    String clientId) {
        JsonObject kept = root.api()
                .post(
                        Route.of("products", product, "devices", device, "units", "keep"),
                        new JsonObject().with("clientId", clientId));
        root.output().say(kept, "only " + clientId + " logs in as " + product + "/" + device);
    }

    @Command(description = "Let none of them log in; the device may register again.")
    void clear(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "all client ids of " + product + "/" + device);
        root.api().delete(units(product, device));
        root.output()
                .say(
                        new JsonObject()
                                .with("product", product)
                                .with("device", device)
                                .with("cleared", true),
                        "cleared " + product + "/" + device);
    }

    private static Route units(String product, String device) {
        return Route.of("products", product, "devices", device, "units");
    }
}
