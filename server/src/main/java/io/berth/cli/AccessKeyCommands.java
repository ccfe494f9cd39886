package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            @Option(names = "--secret", paramLabel = "S", description = "The secret to keep.") @Nullable String secret,
            @Option(names = "--owner", paramLabel = "APP", description = "The application that uses it.") @Nullable
                    String owner,
            @Mixin RightsOptions rights) {
        JsonObject key = new JsonObject().with("id", id).with("secret", secret).with("owner", owner);
        root.output().show(root.api().post(Route.of("accesskeys"), rights.addTo(key)), "id", "secret");
    }

    @Command(description = "Give an application a second key with the rights of its first.")
    void rotate(@Parameters(paramLabel = "OWNER", description = "The application.") String owner) {
        JsonObject key = root.api().post(Route.of("accesskeys", "rotate"), new JsonObject().with("owner", owner));
        root.output().show(key, "id", "secret");
    }

    @Command(description = "List the access keys and when each was last used.")
    void list() {
        root.output()
                .list(
                        root.api().get(Route.of("accesskeys")).objects("items"),
                        "id",
                        "owner",
                        "role",
                        "enabled",
                        "created",
                        "lastUsed",
                        "lastAddress",
                        "lastApi");
    }

    @Command(description = "Give an access key other rights, in place of those before.")
    void rights(@Parameters(paramLabel = "ID", description = "Its id.") String id, @Mixin RightsOptions rights) {
        root.output().show(root.api().post(Route.of("accesskeys", id, "rights"), rights.addTo(new JsonObject())), "id");
    }

    @Command(description = "Refuse what an access key signs from now on.")
    void disable(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        JsonObject key = root.api().post(Route.of("accesskeys", id, "disable"), new JsonObject());
        root.output().say(key, id + " is disabled");
    }

    @Command(description = "Let an access key sign again.")
    void enable(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        JsonObject key = root.api().post(Route.of("accesskeys", id, "enable"), new JsonObject());
        root.output().say(key, id + " is enabled");
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
