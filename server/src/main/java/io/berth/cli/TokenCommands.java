package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            @Parameters(paramLabel = "NAME", description = "Who it is for; the log shows it.") String name,
            @Option(names = "--lifetime", paramLabel = "TIME", description = "How long it is valid, as 30d.") @Nullable
                    String lifetime) {
        JsonObject token = new JsonObject().with("name", name).with("lifetime", lifetime);
        root.output().show(root.api().post(Route.of("tokens"), token), "token", "expires");
    }
}
