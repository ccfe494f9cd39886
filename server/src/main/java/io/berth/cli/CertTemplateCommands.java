package io.berth.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "template", description = "Templates by which devices register themselves from their certificates.")
final class CertTemplateCommands {
    private static final String[] FIRST = {"id", "name", "product", "nodeId", "deviceName"};

    private final Root root;

    CertTemplateCommands(Root root) {
        this.root = root;
    }

    @Command(
            description = {
                "Make a template. A value is a text, or $ and a part of the subject:",
                "$$common-name, $$serial-number, $$organization, $$organizational-unit, $$country, $$state, $$name-qualifier."
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Option(
                            names = "--product",
                            paramLabel = "V",
                            required = true,
                            description = "The key of the product, or its Huawei id.")
                    String product,
            @Option(
                            names = "--node-id",
                            paramLabel = "V",
                            required = true,
                            description = "What the device calls itself.")
                    String nodeId,
            @Option(names = "--device-name", paramLabel = "V", description = "What people call it.") @Nullable
                    String deviceName,
            @Option(names = "--tag", paramLabel = "K=V", description = "A tag; any number of them.") @Nullable
                    Map<String, String> tags) {
        JsonObject body = new JsonObject()
                .with("name", name)
                .with("product", product)
                .with("nodeId", nodeId)
                .with("deviceName", deviceName)
                .with("tags", tags == null ? null : object(tags));
        root.output().show(root.api().post(Route.of("certificate-templates"), body), FIRST);
    }

    @Command(description = "List the templates.")
    void list() {
        List<JsonObject> items =
                root.api().get(Route.of("certificate-templates")).objects("items");
        root.output().list(items, FIRST);
    }

    @Command(description = "Delete a template that no authority uses.")
    void delete(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "template " + id);
        root.api().delete(Route.of("certificate-templates", id));
        root.output().say(new JsonObject().with("template", id).with("deleted", true), "deleted " + id);
    }

    private static JsonObject object(Map<String, String> fields) {
        JsonObject object = new JsonObject();
        fields.forEach(object::with);
        return object;
    }
}
