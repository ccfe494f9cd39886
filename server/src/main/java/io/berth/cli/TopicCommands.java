package io.berth.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "topic")
final class TopicCommands {
    private final Root root;

    TopicCommands(Root root) {
        this.root = root;
    }

    enum Allow {
        PUB,
        SUB,
        BOTH
    }

    @Command(description = "Allow the devices of a product a topic of its own.")
    void add(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Parameters(paramLabel = "TOPIC", description = "Below the device's own root, as user/update.")
                    String topic,
            @Option(
                            names = "--allow",
                            required = true,
                            paramLabel = "pub|sub|both",
                            description = "What devices may do with it.")
                    Allow allow) {
        String word = allow.name().toLowerCase(Locale.ROOT);
        JsonObject body = new JsonObject().with("topic", topic).with("allow", word);
        JsonObject answer = root.api().post(topics(product), body);
        root.output().say(answer, "devices of " + product + " have topic " + topic + " (" + word + ")");
    }

    @Command(description = "List the topics of a product.")
    void list(@Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product) {
        root.output().list(root.api().get(topics(product)).objects("items"), "path", "allow");
    }

    @Command(description = "Take a topic away from the devices of a product.")
    void remove(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Parameters(paramLabel = "TOPIC", description = "As topic list shows it.") String topic,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "topic " + topic + " of product " + product);
        root.api().delete(topics(product).with("topic", topic));
        root.output()
                .say(
                        new JsonObject()
                                .with("product", product)
                                .with("topic", topic)
                                .with("deleted", true),
                        "removed " + topic);
    }

    private static Route topics(String product) {
        return Route.of("products", product, "topics");
    }
}
