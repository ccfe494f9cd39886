package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "token")
final class TokenCommands {
    private final Root root;

    TokenCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Create a bearer token; it is shown this once.")
    void create(
            @Parameters(paramLabel = "NAME", description = "Who it is for; the audit shows it.") String name,
            @Option(names = "--lifetime", paramLabel = "TIME", description = "How long it is valid, as 30d.") @Nullable
                    String lifetime,
            @Mixin RightsOptions rights) {
        JsonObject token = new JsonObject().with("name", name).with("lifetime", lifetime);
        root.output().show(root.api().post(Route.of("tokens"), rights.addTo(token)), "token", "expires");
    }

    @Command(description = "List the tokens that were created so.")
    void list() {
        root.output()
                .list(
                        root.api().get(Route.of("tokens")).objects("items"),
                        "name",
                        "role",
                        "spaces",
                        "areas",
                        "expires");
    }

    @Command(description = "End all tokens of a name.")
    void delete(
            @Parameters(paramLabel = "NAME", description = "Who they are for.") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "the tokens of " + name);
        root.api().delete(Route.of("tokens", name));
        root.output().say(new JsonObject().with("name", name).with("deleted", true), "deleted the tokens of " + name);
    }
}
