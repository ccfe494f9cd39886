package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "accesskey")
final class AccessKeyCommands {
    private final Root root;

    AccessKeyCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Create an access key; its secret is shown this once.")
    void create(
            @Option(names = "--id", paramLabel = "ID", description = "The id to keep.") @Nullable String id,
            @Option(names = "--secret", paramLabel = "S", description = "The secret to keep.") @Nullable
                    String secret) {
        JsonObject key = new JsonObject().with("id", id).with("secret", secret);
        root.output().show(root.api().post(Route.of("accesskeys"), key), "id", "secret");
    }

    @Command(description = "List the access keys.")
    void list() {
        root.output().list(root.api().get(Route.of("accesskeys")).objects("items"), "id", "created");
    }

    @Command(description = "Delete an access key; applications that use it are refused from then on.")
    void delete(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "access key " + id);
        root.api().delete(Route.of("accesskeys", id));
        root.output().say(new JsonObject().with("id", id).with("deleted", true), "deleted " + id);
    }
}
