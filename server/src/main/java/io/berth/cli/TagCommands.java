package io.berth.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "tag")
final class TagCommands {
    private final Root root;

    TagCommands(Root root) {
        this.root = root;
    }

    @Command(description = "List the tags of a device.")
    void list(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        show(root.api().get(tags(product, device)));
    }

    @Command(description = "Add tags to a device, or change them.")
    void set(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "The tags.")
                    Map<String, String> wanted) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(wanted);
        show(root.api().post(tags(product, device), new JsonObject().with("tags", new JsonObject(fields))));
    }

    @Command(description = "Take tags from a device.")
    void remove(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Parameters(paramLabel = "KEY", arity = "1..*", description = "The keys.") List<String> keys) {
        keys.forEach(key -> root.api().delete(tags(product, device).with("key", key)));
        root.output()
                .say(
                        new JsonObject()
                                .with("product", product)
                                .with("device", device)
                                .with("removed", keys),
                        "removed " + String.join(", ", keys));
    }

    private void show(JsonObject answer) {
        show(root.output(), answer);
    }

    /// The tags of anything that has some.
    static void show(Output output, JsonObject answer) {
        JsonObject found = answer.object("tags").orElseGet(JsonObject::new);
        output.list(
                found.fields().keySet().stream()
                        .map(key -> new JsonObject().with("key", key).with("value", found.text(key)))
                        .toList(),
                "key",
                "value");
    }

    private static Route tags(String product, String device) {
        return Route.of("products", product, "devices", device, "tags");
    }
}
