package io.berth.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "gateway")
final class GatewayCommands {
    private final Root root;

    GatewayCommands(Root root) {
        this.root = root;
    }

    @Command(description = "List the devices behind a gateway.")
    void list(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the gateway's product.") String product,
            @Parameters(paramLabel = "GATEWAY", description = "Its name.") String gateway,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        root.output().list(root.api(), children(product, gateway), limit, "product", "device", "online");
    }

    @Command(description = "Put a device behind a gateway, taking it from another.")
    void add(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the gateway's product.") String product,
            @Parameters(paramLabel = "GATEWAY", description = "Its name.") String gateway,
            @Parameters(paramLabel = "CHILD-PRODUCT", description = "The key of the device's product.")
                    String childProduct,
            @Parameters(paramLabel = "CHILD", description = "Its name.") String child) {
        JsonObject answer = root.api().post(children(product, gateway), device(childProduct, child));
        root.output().say(answer, childProduct + "/" + child + " stands behind " + product + "/" + gateway);
    }

    @Command(description = "Take a device from behind a gateway.")
    void remove(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the gateway's product.") String product,
            @Parameters(paramLabel = "GATEWAY", description = "Its name.") String gateway,
            @Parameters(paramLabel = "CHILD-PRODUCT", description = "The key of the device's product.")
                    String childProduct,
            @Parameters(paramLabel = "CHILD", description = "Its name.") String child) {
        root.api()
                .delete(children(product, gateway)
                        .with("childProduct", childProduct)
                        .with("childDevice", child));
        root.output()
                .say(
                        device(childProduct, child).with("removed", true),
                        childProduct + "/" + child + " does not stand behind " + product + "/" + gateway + " any more");
    }

    @Command(description = "Show the gateway a device stands behind.")
    void of(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        root.output()
                .show(root.api().get(Route.of("products", product, "devices", device, "gateway")), "product", "device");
    }

    @Command(description = "Ask a gateway to add a device to those behind it.")
    void invite(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the gateway's product.") String product,
            @Parameters(paramLabel = "GATEWAY", description = "Its name.") String gateway,
            @Parameters(paramLabel = "CHILD-PRODUCT", description = "The key of the device's product.")
                    String childProduct,
            @Parameters(paramLabel = "CHILD", description = "Its name.") String child) {
        JsonObject answer = root.api().post(children(product, gateway, "invite"), device(childProduct, child));
        root.output().say(answer, "asked " + product + "/" + gateway + " to add " + childProduct + "/" + child);
    }

    @Command(description = "Let devices of a product join a gateway for a while.")
    void permit(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the gateway's product.") String product,
            @Parameters(paramLabel = "GATEWAY", description = "Its name.") String gateway,
            @Parameters(paramLabel = "CHILD-PRODUCT", description = "The product whose devices may join.")
                    String childProduct,
            @Option(names = "--for", paramLabel = "TIME", defaultValue = "60s", description = "How long; 0s to end it.")
                    Duration time) {
        JsonObject body = new JsonObject().with("product", childProduct).with("seconds", time.toSeconds());
        JsonObject answer = root.api().post(children(product, gateway, "permit"), body);
        root.output()
                .say(
                        answer,
                        "devices of " + childProduct + " may join " + product + "/" + gateway + " for "
                                + time.toSeconds() + " s");
    }

    private static JsonObject device(String product, String device) {
        return new JsonObject().with("product", product).with("device", device);
    }

    private static Route children(String product, String gateway, String... action) {
        return action.length == 0
                ? Route.of("products", product, "devices", gateway, "children")
                : Route.of("products", product, "devices", gateway, "children", action[0]);
    }
}
