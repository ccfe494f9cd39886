package io.berth.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "shadow")
final class ShadowCommands {
    private final Root root;

    ShadowCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Show what a device says of itself in its shadow, and what is wanted of it there.")
    void show(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        JsonObject shadow = root.api().get(shadow(product, device));
        if (root.output().isJson()) {
            root.output().say(shadow, "");
            return;
        }
        root.shell()
                .out()
                .println("version " + shadow.text("version") + ", changed "
                        + shadow.instant("changed")
                                .map(root.output().times()::withAge)
                                .orElse("never"));
        Table table = new Table(root.shell().out(), "ATTRIBUTE", "REPORTED", "DESIRED");
        Map<String, @Nullable Object> reported = half(shadow, "reported");
        Map<String, @Nullable Object> desired = half(shadow, "desired");
        reported.forEach((name, value) -> table.row(name, text(value), text(desired.get(name))));
        desired.forEach((name, value) -> {
            if (!reported.containsKey(name)) {
                table.row(name, "", text(value));
            }
        });
        table.print();
    }

    @Command(description = "Want attributes of the shadow to be so; a device that is online is told at once.")
    void set(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Parameters(paramLabel = "JSON", description = "The attributes, as {\"color\":\"red\"}.") String attributes,
            @Option(names = "--expect", paramLabel = "N", description = "Only if the shadow has this version.")
                    @Nullable
                    Long version) {
        JsonObject desired;
        try {
            desired = Json.read(attributes);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "the attributes must be one JSON object, as '{\"color\":\"red\"}': " + e.getMessage());
        }
        JsonObject body = new JsonObject().with("desired", desired).with("expectedVersion", version);
        JsonObject shadow = root.api().post(shadow(product, device), body);
        root.output().say(shadow, "the shadow of " + product + "/" + device + " has version " + shadow.text("version"));
    }

    @Command(description = "Empty the desired half of a shadow, or the reported one.")
    void delete(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Option(names = "--reported", description = "Forget what the device said instead.") boolean reported,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        String part = reported ? "reported" : "desired";
        root.confirmDeletion(yes, "the " + part + " half of the shadow of " + product + "/" + device);
        root.api().delete(shadow(product, device).with("part", part));
        root.output()
                .say(
                        new JsonObject()
                                .with("product", product)
                                .with("device", device)
                                .with("deleted", part),
                        "emptied the " + part + " half of the shadow of " + product + "/" + device);
    }

    private static Map<String, @Nullable Object> half(JsonObject shadow, String name) {
        return shadow.object(name).map(JsonObject::fields).orElseGet(Map::of);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static Route shadow(String product, String device) {
        return Route.of("products", product, "devices", device, "shadow");
    }
}
