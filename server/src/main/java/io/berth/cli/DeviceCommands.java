package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "device")
final class DeviceCommands {
    private static final String[] FIRST = {
        "product", "name", "status", "lastSeen", "node", "address", "secret", "huaweiId", "nodeId"
    };
    private static final String[] COLUMNS = {"product", "name", "status", "lastSeen", "huaweiId"};

    private final Root root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DeviceCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Create a device; what is not given is made up.")
    void create(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "NAME", description = "Its name, unique in the product.") String name,
            @Option(names = "--secret", paramLabel = "S", description = "The device secret to keep.") @Nullable
                    String secret,
            @Option(names = "--huawei-id", paramLabel = "ID", description = "The Huawei device id to keep.") @Nullable
                    String huaweiId,
            @Option(names = "--node-id", paramLabel = "N", description = "The name the device gives itself.") @Nullable
                    String nodeId) {
        JsonObject device = new JsonObject()
                .with("name", name)
                .with("secret", secret)
                .with("huaweiId", huaweiId)
                .with("nodeId", nodeId);
        root.output().show(root.api().post(Route.of("products", product, "devices"), device), FIRST);
    }

    @Command(
            name = "import",
            description = {
                "Import devices from CSV: ProductKey,DeviceName,DeviceSecret[,HuaweiDeviceId].",
                "A device that is there already, unchanged, is no error: an import may be run again."
            })
    int importFrom(
            @Parameters(paramLabel = "FILE", description = "The file, - for stdin.") String file,
            @Option(names = "--dry-run", description = "Only tell what would happen.") boolean dryRun) {
        return new DeviceImport(root.api(), root.shell(), root.output(), dryRun).run(file);
    }

    @Command(description = "List the devices of a product.")
    void list(
            @Parameters(paramLabel = "PRODUCT", description = "The key of the product.") String product,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        root.output().list(root.api(), Route.of("products", product, "devices"), limit, COLUMNS);
    }

    @Command(description = "Find devices, as by: product = a1 and tag.floor = 2 and last_seen < 2026-11-01")
    void find(
            @Parameters(paramLabel = "QUERY", description = "What they are; quote it for the shell.") String query,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        root.output()
                .list(
                        root.api(),
                        Route.of("search", "devices").with("query", query),
                        limit,
                        "product",
                        "name",
                        "enabled",
                        "lastSeen",
                        "huaweiId");
    }

    @Command(description = "Show one device, by product and name or by its Huawei device id.")
    void show(
            @Parameters(paramLabel = "PRODUCT", arity = "0..1", description = "The key of its product.") @Nullable
                    String product,
            @Parameters(paramLabel = "DEVICE", arity = "0..1", description = "Its name.") @Nullable String device,
            @Option(names = "--huawei-id", paramLabel = "ID", description = "Its Huawei device id.") @Nullable
                    String huaweiId) {
        root.output().show(root.api().get(found(product, device, huaweiId)), FIRST);
    }

    @Command(description = "Change what is said of a device; what is not given stays.")
    void update(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Option(names = "--nickname", paramLabel = "NAME", description = "What people call it.") @Nullable
                    String nickname,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is.") @Nullable
                    String description,
            @Option(names = "--extension", paramLabel = "JSON", description = "What an application keeps with it.")
                    @Nullable
                    String extension,
            @Option(
                            names = "--secure-only",
                            arity = "1",
                            paramLabel = "true|false",
                            description = "Whether it must use TLS.")
                    @Nullable
                    Boolean secureOnly) {
        JsonObject changes = new JsonObject()
                .with("nickname", nickname)
                .with("description", description)
                .with("extension", extension)
                .with("secureOnly", secureOnly);
        root.output().show(root.api().post(route(product, device), changes), FIRST);
    }

    private Route found(@Nullable String product, @Nullable String device, @Nullable String huaweiId) {
        if (huaweiId != null && product == null) {
            return Route.of("devices").with("huaweiId", huaweiId);
        }
        if (huaweiId == null && product != null && device != null) {
            return route(product, device);
        }
        CommandLine show = spec.commandLine().getSubcommands().get("show");
        throw new ParameterException(show, "name the device by PRODUCT DEVICE or by --huawei-id ID");
    }

    @Command(description = "Delete a device and end its session.")
    void delete(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "device " + product + "/" + device);
        root.api().delete(route(product, device));
        JsonObject fact =
                new JsonObject().with("product", product).with("name", device).with("deleted", true);
        root.output().say(fact, "deleted " + product + "/" + device);
    }

    @Command(description = "Let a disabled device log in again.")
    void enable(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        root.output()
                .say(
                        root.api().post(route(product, device, "enable"), new JsonObject()),
                        "enabled " + product + "/" + device);
    }

    @Command(description = "End a device's session and refuse its logins.")
    void disable(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device) {
        root.output()
                .say(
                        root.api().post(route(product, device, "disable"), new JsonObject()),
                        "disabled " + product + "/" + device);
    }

    @Command(description = "Give a device a new secret, as before its first login.")
    void reset(
            @Parameters(paramLabel = "PRODUCT", description = "The key of its product.") String product,
            @Parameters(paramLabel = "DEVICE", description = "Its name.") String device,
            @Option(names = "--secret", paramLabel = "S", description = "The new secret; made up otherwise.") @Nullable
                    String secret) {
        JsonObject body = new JsonObject().with("secret", secret);
        root.output().show(root.api().post(route(product, device, "reset"), body), FIRST);
    }

    private static Route route(String product, String device, String... action) {
        return action.length == 0
                ? Route.of("products", product, "devices", device)
                : Route.of("products", product, "devices", device, action[0]);
    }
}
