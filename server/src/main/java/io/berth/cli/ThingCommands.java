package io.berth.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// What things have and are: their model, their values and what is wanted of them.
@Command(name = "thing")
final class ThingCommands {
    private ThingCommands() {}

    static CommandSpec of(Root root) {
        CommandSpec thing = CommandSpec.forAnnotatedObject(new ThingCommands());
        thing.addSubcommand("import", new CommandLine(new ThingImportCommand(root)));
        thing.addSubcommand("export", new CommandLine(new ThingExportCommand(root)));
        thing.addSubcommand("model", new CommandLine(new ThingModelCommand(root)));
        thing.addSubcommand("publish", new CommandLine(new ThingPublishCommand(root)));
        thing.addSubcommand("versions", new CommandLine(new ThingVersionsCommand(root)));
        thing.addSubcommand("show", new CommandLine(new ThingShowCommand(root)));
        thing.addSubcommand("set", new CommandLine(new ThingSetCommand(root)));
        thing.addSubcommand("want", new CommandLine(new ThingWantCommand(root)));
        thing.addSubcommand("unwant", new CommandLine(new ThingUnwantCommand(root)));
        return thing;
    }
}
