package io.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "user")
final class UserCommands {
    private static final String[] COLUMNS = {"name", "role", "spaces", "areas", "enabled", "created"};

    private final Root root;

    UserCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Create a user, who logs in with a password.")
    void create(
            @Parameters(paramLabel = "NAME", description = "The name to log in with.") String name,
            @Mixin PasswordOption password,
            @Mixin RightsOptions rights) {
        if (!rights.hasRole()) {
            throw new RefusedException("say what the user may do: --role administrator, operator or reader");
        }
        JsonObject user = new JsonObject().with("name", name).with("password", password.read(root.shell()));
        root.output().show(root.api().post(Route.of("users"), rights.addTo(user)), COLUMNS);
    }

    @Command(description = "List the users.")
    void list() {
        root.output().list(root.api().get(Route.of("users")).objects("items"), COLUMNS);
    }

    @Command(description = "Show a user.")
    void show(@Parameters(paramLabel = "NAME", description = "The name.") String name) {
        root.output().show(root.api().get(Route.of("users", name)), COLUMNS);
    }

    @Command(description = "Give a user another password; whoever is logged in with the former one is not any more.")
    void password(
            @Parameters(paramLabel = "NAME", description = "The name.") String name, @Mixin PasswordOption password) {
        JsonObject body = new JsonObject().with("password", password.read(root.shell()));
        root.output().say(root.api().post(Route.of("users", name, "password"), body), name + " has a new password");
    }

    @Command(description = "Give a user other rights, in place of those before.")
    void rights(@Parameters(paramLabel = "NAME", description = "The name.") String name, @Mixin RightsOptions rights) {
        JsonObject body = rights.addTo(new JsonObject());
        root.output().show(root.api().post(Route.of("users", name, "rights"), body), COLUMNS);
    }

    @Command(description = "Refuse a user from now on, tokens included.")
    void disable(@Parameters(paramLabel = "NAME", description = "The name.") String name) {
        JsonObject user = root.api().post(Route.of("users", name, "disable"), new JsonObject());
        root.output().say(user, name + " is disabled");
    }

    @Command(description = "Let a user in again.")
    void enable(@Parameters(paramLabel = "NAME", description = "The name.") String name) {
        JsonObject user = root.api().post(Route.of("users", name, "enable"), new JsonObject());
        root.output().say(user, name + " is enabled");
    }

    @Command(description = "Delete a user.")
    void delete(
            @Parameters(paramLabel = "NAME", description = "The name.") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "user " + name);
        root.api().delete(Route.of("users", name));
        root.output().say(new JsonObject().with("name", name).with("deleted", true), "deleted " + name);
    }
}
