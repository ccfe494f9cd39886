package io.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show the newest values of a device and what is wanted of it.")
final class ThingShowCommand implements Runnable {
    private final Root root;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
    private String device = "";

    ThingShowCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        JsonObject state = root.api().get(Route.of("products", product, "devices", device, "state"));
        if (root.output().isJson()) {
            root.output().say(state, "");
            return;
        }
        Map<String, @Nullable Object> properties = members(state, "properties");
        Map<String, @Nullable Object> desired = members(state, "desired");
        List<String> keys = new ArrayList<>(properties.keySet());
        desired.keySet().stream().filter(key -> !properties.containsKey(key)).forEach(keys::add);
        if (keys.isEmpty()) {
            root.output().say(state, product + "/" + device + " has reported nothing yet");
            return;
        }
        Table table = new Table(root.shell().out(), "PROPERTY", "VALUE", "SINCE", "WANTED");
        keys.forEach(key -> table.row(
                key,
                value(properties.get(key)),
                properties.get(key) instanceof JsonObject is
                        ? is.instant("time").map(root.output().times()::withAge).orElse("")
                        : "",
                value(desired.get(key))));
        table.print();
    }

    private static Map<String, @Nullable Object> members(JsonObject object, String name) {
        return object.object(name).map(JsonObject::fields).orElseGet(Map::of);
    }

    private static String value(@Nullable Object versioned) {
        return versioned instanceof JsonObject is
                ? is.object("value")
                        .map(JsonObject::toString)
                        .orElseGet(() -> String.valueOf(is.fields().get("value")))
                : "";
    }
}
