package io.berth.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "device-group")
final class DeviceGroupCommands {
    private static final String[] FIRST = {"name", "id", "description", "parent", "query", "language", "created"};
    private static final String[] DEVICE = {"product", "name", "enabled", "lastSeen", "huaweiId"};

    private final Root root;

    DeviceGroupCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Create a group: of devices put into it, or, with a condition, of those that meet it.")
    void create(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") @Nullable
                    String description,
            @Option(names = "--in", paramLabel = "GROUP", description = "The group it stands in.") @Nullable
                    String parent,
            @Option(
                            names = "--where",
                            paramLabel = "QUERY",
                            description = "What devices it has, as product = a1 and tag.floor = 2.")
                    @Nullable
                    String where) {
        JsonObject group = new JsonObject()
                .with("name", name)
                .with("description", description)
                .with("parent", parent)
                .with("query", where);
        root.output().show(root.api().post(Route.of("groups"), group), FIRST);
    }

    @Command(description = "Change a group: what it is called, what it is for, or what devices a dynamic one has.")
    void change(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Option(names = "--name", paramLabel = "NAME", description = "Another name.") @Nullable String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") @Nullable
                    String description,
            @Option(names = "--where", paramLabel = "QUERY", description = "What devices it has from now on.") @Nullable
                    String where) {
        JsonObject changed = new JsonObject()
                .with("name", name)
                .with("description", description)
                .with("query", where);
        root.output().show(root.api().post(Route.of("groups", group), changed), FIRST);
    }

    @Command(description = "Show the tags of a group, or give it these in their place.")
    void tag(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Parameters(paramLabel = "KEY=VALUE", arity = "0..*", description = "The tags.") @Nullable
                    Map<String, String> wanted) {
        Route tags = Route.of("groups", group, "tags");
        if (wanted == null) {
            TagCommands.show(root.output(), root.api().get(tags));
        } else {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(wanted);
            JsonObject given = new JsonObject().with("tags", new JsonObject(fields));
            TagCommands.show(root.output(), root.api().post(tags, given));
        }
    }

    @Command(description = "List the groups, or those a device was put into.")
    void list(
            @Parameters(paramLabel = "PRODUCT", arity = "0..1", description = "The key of its product.") @Nullable
                    String product,
            @Parameters(paramLabel = "DEVICE", arity = "0..1", description = "Its name.") @Nullable String device) {
        if (product != null && device != null) {
            Route groups = Route.of("products", product, "devices", device, "groups");
            root.output().list(root.api().get(groups).objects("items"), "name", "id", "description");
        } else {
            root.output().list(root.api(), Route.of("groups"), Long.MAX_VALUE, "name", "id", "query", "description");
        }
    }

    @Command(description = "Show a group.")
    void show(@Parameters(paramLabel = "GROUP", description = "Its name or id.") String group) {
        root.output().show(root.api().get(Route.of("groups", group)), FIRST);
    }

    @Command(description = "List the devices of a group.")
    void devices(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        root.output().list(root.api(), Route.of("groups", group, "devices"), limit, DEVICE);
    }

    @Command(description = "Put a device into a group.")
    void add(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        JsonObject member = new JsonObject().with("product", product).with("device", device);
        JsonObject answer = root.api().post(Route.of("groups", group, "devices"), member);
        root.output().say(answer, product + "/" + device + " is in " + group);
    }

    @Command(description = "Take a device out of a group.")
    void remove(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Parameters(paramLabel = "PRODUCT", description = "The key of the device's product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        root.api()
                .delete(Route.of("groups", group, "devices")
                        .with("product", product)
                        .with("device", device));
        root.output()
                .say(
                        new JsonObject()
                                .with("product", product)
                                .with("device", device)
                                .with("removed", true),
                        product + "/" + device + " is not in " + group + " any more");
    }

    @Command(description = "Delete an empty group.")
    void delete(
            @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.delete(yes, "group", group, Route.of("groups", group));
    }
}
