package io.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "space")
final class SpaceCommands {
    private static final String[] FIRST = {"id", "name", "isDefault", "created"};

    private final Root root;

    SpaceCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Create a resource space.")
    void create(@Parameters(paramLabel = "NAME", description = "What people call it.") String name) {
        root.output().show(root.api().post(Route.of("spaces"), new JsonObject().with("name", name)), FIRST);
    }

    @Command(description = "List the resource spaces.")
    void list() {
        root.output().list(root.api(), Route.of("spaces"), Long.MAX_VALUE, FIRST);
    }

    @Command(description = "Give a resource space another name.")
    void rename(
            @Parameters(paramLabel = "SPACE", description = "Its id.") String space,
            @Parameters(paramLabel = "NAME", description = "The new name.") String name) {
        root.output().show(root.api().post(Route.of("spaces", space), new JsonObject().with("name", name)), FIRST);
    }

    @Command(description = "Delete a resource space that has no products.")
    void delete(
            @Parameters(paramLabel = "SPACE", description = "Its id.") String space,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "resource space " + space);
        root.api().delete(Route.of("spaces", space));
        root.output().say(new JsonObject().with("space", space).with("deleted", true), "deleted " + space);
    }
}
