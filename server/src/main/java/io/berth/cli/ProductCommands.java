package io.berth.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "product")
final class ProductCommands {
    private static final String[] FIRST = {"key", "name", "secret", "huaweiId"};

    private final Root root;

    ProductCommands(Root root) {
        this.root = root;
    }

    enum Auth {
        SECRET,
        X509
    }

    enum Node {
        DIRECT,
        GATEWAY,
        SUB
    }

    enum Format {
        JSON,
        RAW
    }

    enum Switch {
        ON,
        OFF
    }

    @Command(description = "Create a product; what is not given is made up.")
    void create(
            @Parameters(paramLabel = "NAME", description = "What people call it.") String name,
            @Option(names = "--key", paramLabel = "K", description = "The product key to keep.") @Nullable String key,
            @Option(names = "--secret", paramLabel = "S", description = "The product secret to keep.") @Nullable
                    String secret,
            @Option(names = "--huawei-id", paramLabel = "ID", description = "The Huawei product id to keep.") @Nullable
                    String huaweiId,
            @Option(names = "--auth", paramLabel = "secret|x509", description = "How its devices prove who they are.")
                    @Nullable
                    Auth auth,
            @Option(names = "--node", paramLabel = "direct|gateway|sub", description = "Where its devices stand.")
                    @Nullable
                    Node node,
            @Option(names = "--format", paramLabel = "json|raw", description = "What its devices send.") @Nullable
                    Format format,
            @Option(names = "--dynamic-registration", description = "Devices may fetch their secret once.")
                    boolean dynamicRegistration,
            @Option(
                            names = "--space",
                            paramLabel = "ID",
                            description = "Its resource space; the default one otherwise.")
                    @Nullable
                    String space,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is.") @Nullable
                    String description) {
        JsonObject product = new JsonObject()
                .with("name", name)
                .with("key", key)
                .with("secret", secret)
                .with("huaweiId", huaweiId)
                .with("auth", word(auth))
                .with("node", word(node))
                .with("format", word(format))
                .with("dynamicRegistration", dynamicRegistration ? true : null)
                .with("space", space)
                .with("description", description);
        root.output().show(root.api().post(Route.of("products"), product), FIRST);
    }

    @Command(description = "List the products.")
    void list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "" + Long.MAX_VALUE, description = "At most N.")
                    long limit) {
        root.output().list(root.api(), Route.of("products"), limit, "key", "name", "auth", "node", "format", "created");
    }

    @Command(description = "Show one product.")
    void show(@Parameters(paramLabel = "PRODUCT", description = "Its key.") String product) {
        root.output().show(root.api().get(Route.of("products", product)), FIRST);
    }

    @Command(description = "Change a product; what is not given stays.")
    void update(
            @Parameters(paramLabel = "PRODUCT", description = "Its key.") String product,
            @Option(names = "--name", paramLabel = "NAME", description = "What people call it.") @Nullable String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is.") @Nullable
                    String description,
            @Option(names = "--space", paramLabel = "ID", description = "Another resource space.") @Nullable
                    String space,
            @Option(names = "--format", paramLabel = "json|raw", description = "What its devices send.") @Nullable
                    Format format,
            @Option(
                            names = "--dynamic-registration",
                            arity = "1",
                            paramLabel = "on|off",
                            description = "Whether devices may fetch their secret by the product's.")
                    @Nullable
                    Switch dynamicRegistration,
            @Option(
                            names = "--without-preregistration",
                            arity = "1",
                            paramLabel = "on|off",
                            description = "Whether devices nobody created before may come, too.")
                    @Nullable
                    Switch withoutPreregistration) {
        JsonObject changes = new JsonObject()
                .with("name", name)
                .with("description", description)
                .with("space", space)
                .with("format", word(format))
                .with("dynamicRegistration", isOn(dynamicRegistration))
                .with("withoutPreregistration", isOn(withoutPreregistration));
        root.output().show(root.api().post(Route.of("products", product), changes), FIRST);
    }

    @Command(description = "Make a product read-only, so that its devices can rely on it.")
    void release(
            @Parameters(paramLabel = "PRODUCT", description = "Its key.") String product,
            @Option(names = "--undo", description = "Let it be changed again.") boolean undo) {
        JsonObject wanted = new JsonObject().with("released", !undo);
        root.output().show(root.api().post(Route.of("products", product, "release"), wanted), FIRST);
    }

    @Command(description = "Delete a product that has no devices.")
    void delete(
            @Parameters(paramLabel = "PRODUCT", description = "Its key.") String product,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "product " + product);
        root.api().delete(Route.of("products", product));
        root.output().say(new JsonObject().with("product", product).with("deleted", true), "deleted " + product);
    }

    private static @Nullable Boolean isOn(@Nullable Switch value) {
        return value == null ? null : value == Switch.ON;
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}
