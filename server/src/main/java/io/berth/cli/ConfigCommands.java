package io.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "config")
final class ConfigCommands {
    private static final String[] FIRST = {"id", "enabled", "bytes", "sha256", "created", "url", "content"};

    private final Root root;

    ConfigCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Show the configuration devices of a product fetch.")
    void show(@Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product) {
        root.output().show(root.api().get(config(product)), FIRST);
    }

    @Command(description = "Replace it by a JSON file; devices get it when they ask, or by config push.")
    void put(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Parameters(paramLabel = "FILE", description = "The file.") Path file) {
        JsonObject body = new JsonObject().with("content", read(file));
        root.output().show(root.api().post(config(product), body), FIRST);
    }

    @Command(description = "Send it to the devices that are online, or to one.")
    void push(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Parameters(paramLabel = "DEVICE", arity = "0..1", description = "One device; all otherwise.") @Nullable
                    String device) {
        JsonObject answer = root.api()
                .post(Route.of("products", product, "config", "push"), new JsonObject().with("device", device));
        root.output().say(answer, "sent to " + answer.number("offered") + " devices");
    }

    @Command(description = "Let no device of a product have a configuration.")
    void delete(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "the configuration of product " + product);
        root.api().delete(config(product));
        root.output()
                .say(
                        new JsonObject().with("product", product).with("deleted", true),
                        "devices of " + product + " have no configuration any more");
    }

    private static Route config(String product) {
        return Route.of("products", product, "config");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RefusedException(file + " cannot be read as UTF-8 text: " + e.getMessage());
        }
    }
}
